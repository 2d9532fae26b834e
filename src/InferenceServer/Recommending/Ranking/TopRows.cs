using System.Numerics;
using System.Runtime.InteropServices;
using KpGrpc.InferenceServer.Catalog;

namespace KpGrpc.InferenceServer.Recommending.Ranking;

/// <summary>
/// The best rows of an array of scores: whole vectors below the worst of the best so far are passed over in one
/// comparison, the filter is asked only for the rest, and a heap keeps the best.
/// </summary>
internal static class TopRows
{
    /// <summary>The best <paramref name="k"/> rows with a score above 0 that the filter admits, by score descending, then work id ascending.</summary>
    /// <param name="scores">A score a row; not NaN.</param>
    /// <param name="k">At least 1.</param>
    /// <param name="table">Names the works, for the order among equal scores.</param>
    /// <param name="admits">The hard filter; asked only about rows that could be among the best.</param>
    public static List<int> Select(ReadOnlySpan<float> scores, int k, WorkTable table, Func<int, bool> admits)
    {
        var best = new PriorityQueue<int, (float Score, int Row)>(new WorstFirst(table));
        var least = float.Epsilon; // the lowest score that can still matter
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(scores);
        var row = 0;
        for (var at = 0; at < vectors.Length; at++, row += Vector<float>.Count)
        {
            if (Vector.GreaterThanOrEqualAny(vectors[at], new Vector<float>(least)))
            {
                for (var lane = 0; lane < Vector<float>.Count; lane++)
                {
                    Offer(row + lane, scores[row + lane]);
                }
            }
        }

        for (; row < scores.Length; row++)
        {
            Offer(row, scores[row]);
        }

        var rows = new List<int>(best.Count);
        while (best.TryDequeue(out var worst, out _))
        {
            rows.Add(worst);
        }

        rows.Reverse();
        return rows;

        void Offer(int row, float score)
        {
            if (score < least || !admits(row))
            {
                return;
            }

            if (best.Count < k)
            {
                best.Enqueue(row, (score, row));
            }
            else
            {
                best.EnqueueDequeue(row, (score, row));
            }

            if (best.Count == k && best.TryPeek(out _, out var worst))
            {
                least = worst.Score;
            }
        }
    }

    /// <summary>The reverse of the total order, so that the head of the queue is the first to go.</summary>
    private sealed class WorstFirst(WorkTable table) : IComparer<(float Score, int Row)>
    {
        public int Compare((float Score, int Row) x, (float Score, int Row) y) =>
            x.Score != y.Score ? x.Score.CompareTo(y.Score) : string.CompareOrdinal(table.IdOf(y.Row), table.IdOf(x.Row));
    }
}
