using Google.Protobuf;
using KpGrpc.Demo.Steps;
using KpGrpc.Protos.Learner.V1;
using KpGrpc.Protos.Model.V1;
using KpGrpc.Protos.Partner.V1;
using KpGrpc.Protos.Recommendation.V1;

namespace KpGrpc.Demo.Story;

/// <summary>The Gateway's services, called over real gRPC, and the calls that several steps make.</summary>
internal static class LearnerClients
{
    /// <summary>Places of the feed that the demo asks for.</summary>
    public const uint FeedSize = 10;

    /// <summary>Language of reasons; a title that does not exist in it comes in the work's own.</summary>
    public const string Language = "en";

    /// <summary>The counting recommender, which serves from the first import on.</summary>
    public const string Counts = "counts";

    /// <summary>The transformer recommender.</summary>
    public const string Transformer = "recommender";

    /// <summary>The InferenceServer's models, for operators.</summary>
    public static ModelService.ModelServiceClient Models(this DemoSession session) => new(session.Servers.Inference);

    /// <summary>The InferenceServer's recommendations, for operators: they may name the model.</summary>
    public static RecommendationService.RecommendationServiceClient Recommendations(this DemoSession session) => new(session.Servers.Inference);

    /// <summary>The learner's door, with the learner's own token.</summary>
    public static LearnerService.LearnerServiceClient Learner(this DemoSession session) => new(session.Servers.Gateway.As(session.Story.Learner.LearnerId, "learner"));

    /// <summary>The partner's door, with a token of the organisation.</summary>
    public static PartnerService.PartnerServiceClient Partner(this DemoSession session, string organizationId) =>
        new(session.Servers.Gateway.As($"somebody-of/{organizationId}", $"partner:{organizationId}"));

    /// <summary>The learner's home feed as it is now.</summary>
    public static async Task<GetHomeResponse> HomeAsync(this DemoSession session, CancellationToken cancellationToken) =>
        await session.Learner().GetHomeAsync(
            new GetHomeRequest { LearnerId = session.Story.Learner.LearnerId, Count = FeedSize, LanguageTag = Language },
            cancellationToken: cancellationToken);

    /// <summary>What the learner can spend in the catalogue's currency, in minor units.</summary>
    public static async Task<long> SpendableAsync(this DemoSession session, CancellationToken cancellationToken)
    {
        var wallet = await session.Learner().GetWalletAsync(
            new GetWalletRequest { LearnerId = session.Story.Learner.LearnerId }, cancellationToken: cancellationToken);
        return wallet.Balances.FirstOrDefault(balance => balance.Available.CurrencyCode == session.Data.CurrencyCode)?.Available.MinorUnits ?? 0;
    }

    /// <summary>A new idempotency key, 16 bytes.</summary>
    public static ByteString NewKey() => ByteString.CopyFrom(Guid.NewGuid().ToByteArray());
}
