namespace KpGrpc.InferenceServer.Evaluation;

/// <summary>A figure that somebody else published or measured for the same protocol.</summary>
/// <param name="DataSet">Name of the data set.</param>
/// <param name="Model">The model, with what sets the figure apart.</param>
/// <param name="HitRate">HR@10.</param>
/// <param name="Ndcg">NDCG@10.</param>
/// <param name="Comparable">False: another variant of the data, or another order of ties.</param>
internal sealed record PublishedFigure(string DataSet, string Model, double HitRate, double Ndcg, bool Comparable = true)
{
    /// <summary>As stated in the public repositories of the papers: leave-one-out, full ranking, seen items removed.</summary>
    public static IReadOnlyList<PublishedFigure> All { get; } =
    [
        new("ml-1m", "popularity", 0.0369, 0.0180),
        new("ml-1m", "SASRec (BCE, one negative)", 0.2500, 0.1341),
        new("ml-1m", "BERT4Rec", 0.2843, 0.1537),
        new("ml-1m", "gSASRec", 0.3003, 0.1726),
        new("ml-1m", "eSASRec 2025 (3,706-item variant)", 0.3133, 0.1772, Comparable: false),
        new("ml-1m", "SASRec+ (cross entropy over all items)", 0.3152, 0.1821),
        new("ml-1m", "SASRec+ 3000 (sampled cross entropy)", 0.3159, 0.1857),
        new("ml-1m", "FuXi-α (3,706-item variant)", 0.3164, 0.1813, Comparable: false),
        new("ml-1m", "HSTU-large (own tie order)", 0.3294, 0.1893, Comparable: false),
        new("mooccube", "popularity", 0.0686, 0.0371),
    ];
}
