namespace KpGrpc.InferenceServer.Commands.Tagging;

/// <summary>Published figures that a tagger stands beside.</summary>
internal static class PublishedTagger
{
    /// <summary>Macro F1 by model, as CLUENER2020's paper and repository state them (on its test set, whose labels are not public).</summary>
    public static IReadOnlyDictionary<string, double> Of(string dataSet) => dataSet == "cluener"
        ? new Dictionary<string, double>(StringComparer.Ordinal) { ["BiLSTM-CRF, published"] = 0.70, ["BERT-base, published"] = 0.788 }
        : new Dictionary<string, double>(StringComparer.Ordinal);
}
