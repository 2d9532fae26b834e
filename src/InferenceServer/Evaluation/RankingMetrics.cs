namespace KpGrpc.InferenceServer.Evaluation;

/// <summary>Means over all evaluated learners.</summary>
/// <param name="HitRate">Share of learners whose held-out item is among the first k, in [0, 1].</param>
/// <param name="Ndcg">Mean of 1/log2(1 + rank) where rank ≤ k, else 0, in [0, 1]: with one relevant item this is NDCG@k.</param>
/// <param name="Cases">Learners evaluated.</param>
internal readonly record struct RankingMetrics(double HitRate, double Ndcg, int Cases);
