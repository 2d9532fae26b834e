using KpGrpc.LedgerServer.Execution.Pools.Division;
using KpGrpc.LedgerServer.Execution.Snapshots;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Execution.Pools;

/// <summary>
/// The sums of a pool's period in a snapshot: 40 bytes a payer, 44 a learner and work. Work ids stand once and are named by
/// their position, so that a loaded state shares their text as the saved one did.
/// </summary>
internal static class PoolSums
{
    /// <summary>Hands over copies, which are written in the order of learner and work.</summary>
    public static void Save(PoolPeriod held, StateWriter writer)
    {
        var (payments, usage) = (held.CopyPayments(), held.CopyUsage());
        writer.Compact(output =>
        {
            Array.Sort(payments, (a, b) => a.Learner.CompareTo(b.Learner));
            Array.Sort(usage, (a, b) => a.Key.CompareTo(b.Key));
            var works = usage.Select(entry => entry.Key.WorkId).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
            output.Write(works.Length);
            Array.ForEach(works, output.Write);
            output.Write(payments.Length);
            foreach (var payment in payments)
            {
                output.Write(payment.Learner.Value.AsSpan());
                output.Write(payment.MinorUnits);
            }

            output.Write(usage.Length);
            foreach (var entry in usage)
            {
                output.Write(entry.Key.Learner.Value.AsSpan());
                output.Write(Array.BinarySearch(works, entry.Key.WorkId, StringComparer.Ordinal));
                output.Write(entry.Units);
            }
        });
    }

    /// <summary>Adds what <see cref="Save"/> handed over to a period that has no sums.</summary>
    /// <exception cref="InvalidDataException">The snapshot is damaged.</exception>
    public static void Load(PoolPeriod held, StateReader reader)
    {
        var input = reader.Compact;
        var works = new string[Count(input)];
        for (var i = 0; i < works.Length; i++)
        {
            works[i] = input.ReadString();
        }

        for (var left = Count(input); left > 0; left--)
        {
            held.Pay(ReadLearner(input), input.ReadInt64());
        }

        for (var left = Count(input); left > 0; left--)
        {
            var learner = ReadLearner(input);
            held.Use(new UsageKey(learner, works[Index(input, works.Length)]), input.ReadUInt64());
        }
    }

    private static LearnerKey ReadLearner(BinaryReader input)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        input.BaseStream.ReadExactly(bytes);
        return new LearnerKey(new Hash256(bytes));
    }

    private static int Count(BinaryReader input) => Index(input, EngineLimits.PoolPeriodSumsMax + 1);

    private static int Index(BinaryReader input, int below)
    {
        var value = input.ReadInt32();
        return value >= 0 && value < below
            ? value
            : throw new InvalidDataException($"a pool's sums hold the number {value} where 0 to {below - 1} is possible");
    }
}
