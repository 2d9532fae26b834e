using KpGrpc.Protos.Type.V1;

namespace KpGrpc.Demo.Network;

/// <summary>The catalogue's words as the contract's numbers.</summary>
internal static class ContractNames
{
    /// <summary>A format; an unknown word is "other".</summary>
    public static WorkKind Kind(string word) => word switch
    {
        "course" => WorkKind.Course,
        "audio_column" => WorkKind.AudioColumn,
        "book" => WorkKind.Book,
        "consulting" => WorkKind.Consulting,
        "training" => WorkKind.Training,
        _ => WorkKind.Other,
    };

    /// <summary>A field; an unknown word is "other".</summary>
    public static KnowledgeField Field(string word) => word switch
    {
        "education" => KnowledgeField.Education,
        "health" => KnowledgeField.Health,
        "vocational_skills" => KnowledgeField.VocationalSkills,
        "culture" => KnowledgeField.Culture,
        "finance" => KnowledgeField.Finance,
        _ => KnowledgeField.Other,
    };
}
