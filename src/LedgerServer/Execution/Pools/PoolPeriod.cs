using System.Runtime.InteropServices;
using KpGrpc.LedgerServer.Execution.Pools.Division;

namespace KpGrpc.LedgerServer.Execution.Pools;

/// <summary>
/// What was paid into a pool for one period and how its works were used; after the division, which parts still wait. Only
/// <see cref="PoolTable"/> changes it.
/// </summary>
internal sealed class PoolPeriod(string poolId, string periodId)
{
    private readonly Dictionary<LearnerKey, long> _payments = [];
    private readonly Dictionary<UsageKey, ulong> _usage = [];
    private readonly HashSet<string> _works = new(StringComparer.Ordinal);

    // Not of the state, which it follows from: spares who settles again after a refusal the division of a million sums.
    private IReadOnlyList<WorkPart>? _division;

    /// <summary>The pool.</summary>
    public string PoolId { get; } = poolId;

    /// <summary>The period.</summary>
    public string PeriodId { get; } = periodId;

    /// <summary>Sum of the payments, minor units; 0 once they were carried to a later period.</summary>
    public long Paid { get; private set; }

    /// <summary>Sum of the usage, 0 to 2^63-1.</summary>
    public ulong Units { get; private set; }

    /// <summary>Number of works that were used.</summary>
    public int WorkCount => Parts?.Count ?? _works.Count;

    /// <summary>Number of subscribers whose payments are kept; none after the division.</summary>
    public int PayerCount => _payments.Count;

    /// <summary>Sums by payer, and by learner and work, that are kept; none after the division.</summary>
    public int SumCount => _payments.Count + _usage.Count;

    /// <summary>Each work's part, ordered by work id; null before the division.</summary>
    public IReadOnlyList<WorkPart>? Parts { get; private set; }

    /// <summary>How many of the parts were paid, from the first.</summary>
    public int SettledParts { get; private set; }

    /// <summary>Whether usage and payments are final.</summary>
    public bool IsDivided => Parts is not null;

    /// <summary>Whether its money was carried to a later period; a division has a part at least.</summary>
    public bool IsCarried => Parts is { Count: 0 };

    /// <summary>Whether every part was paid, or the money carried.</summary>
    public bool IsSettled => Parts is not null && SettledParts == Parts.Count;

    /// <summary>The parts that payments and usage give as they stand; divided once for as long as neither changes.</summary>
    /// <param name="method">The pool's.</param>
    public IReadOnlyList<WorkPart> Division(PoolMethod method) => _division ??= PoolDivision.Divide(method, Payments(), Usage());

    /// <summary>The payments by subscriber, ordered by learner.</summary>
    public IReadOnlyList<LearnerPayment> Payments()
    {
        var payments = CopyPayments();
        Array.Sort(payments, (a, b) => a.Learner.CompareTo(b.Learner));
        return payments;
    }

    /// <summary>The usage, ordered by learner, then work.</summary>
    public IReadOnlyList<LearnerUsage> Usage()
    {
        var usage = CopyUsage();
        Array.Sort(usage, (a, b) => a.Key.CompareTo(b.Key));
        return usage;
    }

    /// <summary>The payments in no order, for who sorts them later, off the engine's thread.</summary>
    internal LearnerPayment[] CopyPayments() => [.. _payments.Select(payment => new LearnerPayment(payment.Key, payment.Value))];

    /// <summary>The usage in no order, for who sorts it later, off the engine's thread.</summary>
    internal LearnerUsage[] CopyUsage() => [.. _usage.Select(entry => new LearnerUsage(entry.Key, entry.Value))];

    /// <summary>Whether a subscriber has paid.</summary>
    public bool HasPayer(LearnerKey learner) => _payments.ContainsKey(learner);

    /// <summary>Number of this period's payers who would be new to another one; null where that one has none.</summary>
    public int NewPayersFor(PoolPeriod? other) =>
        other is null ? PayerCount : _payments.Keys.Count(learner => !other.HasPayer(learner));

    /// <summary>Whether a learner's use of a work is known.</summary>
    public bool HasUsage(UsageKey key) => _usage.ContainsKey(key);

    /// <summary>Whether a work was used.</summary>
    public bool HasWork(string workId) => _works.Contains(workId);

    /// <summary>Adds a payment; returns whether it is the subscriber's first.</summary>
    internal bool Pay(LearnerKey learner, long minorUnits)
    {
        _division = null;
        Paid = checked(Paid + minorUnits);
        CollectionsMarshal.GetValueRefOrAddDefault(_payments, learner, out var exists) += minorUnits;
        return !exists;
    }

    /// <summary>Adds usage; returns whether it is the learner's first of the work.</summary>
    internal bool Use(UsageKey key, ulong units)
    {
        _division = null;
        Units = checked(Units + units);
        CollectionsMarshal.GetValueRefOrAddDefault(_usage, key, out var exists) += units;
        _works.Add(key.WorkId);
        return !exists;
    }

    /// <summary>Fixes the parts, of which the first ones are paid; the sums they came from are let go.</summary>
    internal void Divide(IReadOnlyList<WorkPart> parts, int settled)
    {
        Parts = parts;
        SettledParts = settled;
        _division = null;
        _payments.Clear();
        _usage.Clear();
        _works.Clear();
        _payments.TrimExcess();
        _usage.TrimExcess();
        _works.TrimExcess();
    }

    /// <summary>Lets go payments that another period has taken: nothing is left to divide, and nothing more is taken.</summary>
    internal void Leave()
    {
        Paid = 0;
        Divide([], settled: 0);
    }

    /// <summary>All but the sums, which <see cref="PoolSums"/> saves.</summary>
    internal SavedPoolPeriod Save() => new(PoolId, PeriodId, Parts is null ? 0 : Paid, Parts is null ? 0 : Units, Parts, SettledParts);

    /// <summary>What <see cref="Save"/> gave; the sums are added afterwards.</summary>
    internal static PoolPeriod Load(SavedPoolPeriod saved) => new(saved.PoolId, saved.PeriodId)
    {
        Paid = saved.Paid,
        Units = saved.Units,
        Parts = saved.Parts,
        SettledParts = saved.SettledParts,
    };
}
