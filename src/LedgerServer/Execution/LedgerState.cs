using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Consents;
using KpGrpc.LedgerServer.Execution.Currencies;
using KpGrpc.LedgerServer.Execution.Disputes;
using KpGrpc.LedgerServer.Execution.Governance;
using KpGrpc.LedgerServer.Execution.Governance.Engines;
using KpGrpc.LedgerServer.Execution.Holds;
using KpGrpc.LedgerServer.Execution.Licences;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.LedgerServer.Execution.Offers;
using KpGrpc.LedgerServer.Execution.Periods;
using KpGrpc.LedgerServer.Execution.Periods.Guarantees;
using KpGrpc.LedgerServer.Execution.Pools;
using KpGrpc.LedgerServer.Execution.Purchases;
using KpGrpc.LedgerServer.Execution.Refunds;
using KpGrpc.LedgerServer.Execution.Revenue;
using KpGrpc.LedgerServer.Execution.Snapshots;
using KpGrpc.LedgerServer.Execution.Subjects;
using KpGrpc.LedgerServer.Execution.Transfers.Batches;
using KpGrpc.LedgerServer.Execution.Works;
using KpGrpc.LedgerServer.Execution.Works.History;

namespace KpGrpc.LedgerServer.Execution;

/// <summary>
/// All that the commands so far have made: one table a part of the ledger. Only the engine changes it, and it is read on
/// the engine's thread alone; <see cref="MembershipTable"/> says what may be read from others.
/// </summary>
internal sealed class LedgerState(Genesis genesis)
{
    /// <summary>Where the ledger started.</summary>
    public Genesis Genesis { get; } = genesis;

    /// <summary>Organisations, keys and the approval policy.</summary>
    public MembershipTable Membership { get; } = new(genesis);

    /// <summary>Changes that wait for approvals.</summary>
    public ChangeTable Changes { get; } = new();

    /// <summary>Versions of the rules.</summary>
    public EngineTable Engines { get; } = new();

    /// <summary>Declared currencies.</summary>
    public CurrencyTable Currencies { get; } = new(genesis.Currencies);

    /// <summary>Registered works.</summary>
    public WorkTable Works { get; } = new();

    /// <summary>Offers, open and withdrawn.</summary>
    public OfferTable Offers { get; } = new();

    /// <summary>Licences.</summary>
    public LicenceTable Licences { get; } = new();

    /// <summary>Agreements in all versions.</summary>
    public AgreementTable Agreements { get; } = new();

    /// <summary>Accounts with their totals and postings.</summary>
    public AccountTable Accounts { get; } = new();

    /// <summary>Holds.</summary>
    public HoldTable Holds => field ??= new(Accounts.Due);

    /// <summary>Purchases.</summary>
    public PurchaseTable Purchases { get; } = new();

    /// <summary>Recorded advertising and referral revenue.</summary>
    public RevenueTable Revenue { get; } = new();

    /// <summary>Transfers of batches by their ids.</summary>
    public TransferIdTable TransferIds { get; } = new();

    /// <summary>Settlement periods with the books at their edges.</summary>
    public PeriodTable Periods { get; } = new();

    /// <summary>What parties of agreements earned in periods that are not closed.</summary>
    public EarningsTable Earnings { get; } = new();

    /// <summary>Subscription pools with what they hold.</summary>
    public PoolTable Pools { get; } = new();

    /// <summary>Refunds and chargebacks.</summary>
    public RefundTable Refunds { get; } = new();

    /// <summary>Disputes about works with what they hold in escrow.</summary>
    public DisputeTable Disputes { get; } = new();

    /// <summary>Learners' consents.</summary>
    public ConsentTable Consents { get; } = new();

    /// <summary>Recorded uses of learners' data.</summary>
    public AccessTable Accesses { get; } = new();

    /// <summary>Learners about whom something erasable is kept.</summary>
    public SubjectTable Subjects { get; } = new();

    /// <summary>What happened to each work.</summary>
    public WorkHistory WorkHistory { get; } = new();

    /// <summary>Ordered commands by idempotency key.</summary>
    public IdempotencyTable Idempotency { get; } = new();

    /// <summary>
    /// All tables, in the order in which a snapshot keeps them: a table's <see cref="IStateTable.Load"/> may look at
    /// those before it.
    /// </summary>
    public IReadOnlyList<IStateTable> Tables => field ??=
        [Membership, Changes, Engines, Currencies, Works, Offers, Licences, Agreements, Accounts, Holds, Purchases, Revenue, Refunds, TransferIds,
            Idempotency, Periods, Pools, Disputes, WorkHistory, Consents, Accesses, Subjects, Earnings];

    /// <summary>Sequence that the next executed command gets: the number of those executed.</summary>
    public ulong NextSequence { get; private set; }

    /// <summary>Order time of the newest executed command; null before the first.</summary>
    public long? LastOrderedAtMicros { get; private set; }

    /// <summary>The purchase made by the command under an idempotency key; null where there is none.</summary>
    public PurchaseRecord? FindPurchase(string organizationId, IdempotencyKey key) =>
        Idempotency.Find(organizationId, key) is { } entry ? Purchases.FindBySequence(entry.Sequence) : null;

    /// <summary>Takes the place in the order that a snapshot was taken at, after its tables were loaded.</summary>
    internal void MoveTo(ulong nextSequence, long? lastOrderedAtMicros) =>
        (NextSequence, LastOrderedAtMicros) = (nextSequence, lastOrderedAtMicros);

    /// <summary>Closes a command's place in the order.</summary>
    internal void Advance(Command command, ulong sequence, long orderedAtMicros)
    {
        Idempotency.Add(command, sequence);
        NextSequence = sequence + 1;
        LastOrderedAtMicros = orderedAtMicros;
    }
}
