using KpGrpc.Protos.Learner.V1;
using KpGrpc.Protos.Payment.V1;
using KpGrpc.Protos.Recommendation.V1;
using KpGrpc.Protos.Type.V1;

namespace KpGrpc.Demo.Story;

/// <summary>The contract's numbers as words for people.</summary>
internal static class Words
{
    /// <summary>A field of knowledge.</summary>
    public static string Of(KnowledgeField field) => field switch
    {
        KnowledgeField.Education => "education",
        KnowledgeField.Health => "health",
        KnowledgeField.VocationalSkills => "vocational skills",
        KnowledgeField.Culture => "culture",
        KnowledgeField.Finance => "finance",
        _ => "other",
    };

    /// <summary>A party's role.</summary>
    public static string Of(SplitRole role) => role switch
    {
        SplitRole.Content => "C  content producer",
        SplitRole.Platform => "P  platform",
        SplitRole.Technology => "T  technology",
        SplitRole.Operator => "O  operator",
        _ => "   other",
    };

    /// <summary>Why a posting was made.</summary>
    public static string Of(PostingReason reason) => reason switch
    {
        PostingReason.PurchaseShare => "share of a sale",
        PostingReason.Refund => "refund",
        _ => reason.ToString(),
    };

    /// <summary>How a work came into the feed.</summary>
    public static string Of(RecommendationPath path) => path.ToString().ToLowerInvariant();

    /// <summary>A share in parts per million as a percentage with all its digits.</summary>
    public static string Percent(uint ppm) => FormattableString.Invariant($"{ppm / 10_000}.{ppm % 10_000:D4} %");
}
