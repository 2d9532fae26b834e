using System.Runtime.InteropServices;

namespace KpGrpc.LedgerServer.Execution.Pools.Division;

/// <summary>
/// Divides the payments of a pool's period over works. Pure and exact: integers only, the parts sum to the payments, and
/// the answer depends on the sums by learner and work alone, never on the order in which they were recorded.
/// </summary>
internal static class PoolDivision
{
    /// <summary>Divides.</summary>
    /// <param name="method">
    /// Pro rata: all payments by all usage, one largest-remainder division. User-centric: each subscriber's payment by that
    /// subscriber's usage, one division each; then the payments of subscribers without usage together by all usage. In
    /// every division equal remainders are decided by the lower work id.
    /// </param>
    /// <param name="payments">One a subscriber, ordered by learner; they sum to at most 2^63-1.</param>
    /// <param name="usage">One a learner and work, ordered by both, at least one; units sum to at most 2^63-1.</param>
    /// <returns>One part a used work, ordered by work id.</returns>
    public static IReadOnlyList<WorkPart> Divide(
        PoolMethod method, IReadOnlyList<LearnerPayment> payments, IReadOnlyList<LearnerUsage> usage)
    {
        var works = WorksOf(usage);
        var ids = new string[works.Count];
        var units = new ulong[works.Count];
        works.Keys.CopyTo(ids, 0);
        works.Values.CopyTo(units, 0);
        var parts = new long[works.Count];
        var overAll = method == PoolMethod.UserCentric
            ? AddByLearner(payments, usage, IndexesOf(ids), parts)
            : SumOf(payments);
        LargestRemainder.Add(overAll, units, parts);
        return [.. ids.Select((id, i) => new WorkPart(id, units[i], parts[i]))];
    }

    private static SortedDictionary<string, ulong> WorksOf(IReadOnlyList<LearnerUsage> usage)
    {
        var units = new Dictionary<string, ulong>(StringComparer.Ordinal);
        foreach (var entry in usage)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(units, entry.Key.WorkId, out _) += entry.Units;
        }

        return new SortedDictionary<string, ulong>(units, StringComparer.Ordinal);
    }

    private static Dictionary<string, int> IndexesOf(string[] ids)
    {
        var indexes = new Dictionary<string, int>(ids.Length, StringComparer.Ordinal);
        for (var i = 0; i < ids.Length; i++)
        {
            indexes.Add(ids[i], i);
        }

        return indexes;
    }

    private static long SumOf(IReadOnlyList<LearnerPayment> payments)
    {
        var sum = 0L;
        foreach (var payment in payments)
        {
            sum = checked(sum + payment.MinorUnits);
        }

        return sum;
    }

    // Walks both lists at once, since both are ordered by learner. Returns what was paid by subscribers without usage.
    private static long AddByLearner(
        IReadOnlyList<LearnerPayment> payments, IReadOnlyList<LearnerUsage> usage, Dictionary<string, int> indexes, long[] parts)
    {
        var withoutUsage = 0L;
        var next = 0;
        foreach (var payment in payments)
        {
            while (next < usage.Count && usage[next].Key.Learner.CompareTo(payment.Learner) < 0)
            {
                next++;
            }

            var start = next;
            while (next < usage.Count && usage[next].Key.Learner == payment.Learner)
            {
                next++;
            }

            if (next == start)
            {
                withoutUsage += payment.MinorUnits;
            }
            else
            {
                AddOwn(payment.MinorUnits, usage, start, next - start, indexes, parts);
            }
        }

        return withoutUsage;
    }

    private static void AddOwn(
        long minorUnits, IReadOnlyList<LearnerUsage> usage, int start, int count, Dictionary<string, int> indexes, long[] parts)
    {
        var weights = new ulong[count];
        var own = new long[count];
        for (var i = 0; i < count; i++)
        {
            weights[i] = usage[start + i].Units;
        }

        LargestRemainder.Add(minorUnits, weights, own);
        for (var i = 0; i < count; i++)
        {
            parts[indexes[usage[start + i].Key.WorkId]] += own[i];
        }
    }
}
