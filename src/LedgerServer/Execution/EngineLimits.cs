namespace KpGrpc.LedgerServer.Execution;

/// <summary>
/// Bounds that are part of the rules. They are constants and not options: an engine with other bounds would give other
/// receipts, so changing one needs a new <see cref="LedgerEngine.Version"/>.
/// </summary>
internal static class EngineLimits
{
    /// <summary>
    /// Longest time from not_before, or from the order's time where it is absent, to not_after: 24 hours, in
    /// microseconds. Inclusive.
    /// </summary>
    public const long WindowMicrosMax = 86_400_000_000;

    /// <summary>Members of a ledger.</summary>
    public const int OrganizationsMax = 10_000;

    /// <summary>Active keys of an organisation.</summary>
    public const int KeysPerOrganizationMax = 64;

    /// <summary>Keys that an organisation may ever have had.</summary>
    public const int KeysEverPerOrganizationMax = 1_024;

    /// <summary>Approvers that a policy names.</summary>
    public const int ApproversMax = 64;

    /// <summary>Changes that wait for approvals.</summary>
    public const int PendingChangesMax = 64;

    /// <summary>Changes of one proposer that wait for approvals.</summary>
    public const int PendingChangesPerOrganizationMax = 16;

    /// <summary>Days that a change waits for approvals before it dies.</summary>
    public const int PendingChangeDaysMax = 30;

    /// <summary>The same in microseconds of the order's time. Inclusive.</summary>
    public const long PendingChangeMicrosMax = PendingChangeDaysMax * OrderTime.MicrosPerDay;

    /// <summary>Keys that come with an enrolment.</summary>
    public const int FirstKeysMax = 16;

    /// <summary>Currencies of a ledger.</summary>
    public const int CurrenciesMax = 256;

    /// <summary>Logs of other ledgers that a genesis names.</summary>
    public const int ForeignLogsMax = 64;

    /// <summary>Versions of one agreement.</summary>
    public const int AgreementVersionsMax = 1_000;

    /// <summary>Versions of one agreement that are active, all but one of them from a later time on.</summary>
    public const int ActiveVersionsMax = 8;

    /// <summary>Parties of one split.</summary>
    public const int PartiesMax = 16;

    /// <summary>UTF-8 bytes of a reason given for people.</summary>
    public const int ReasonBytesMax = 512;

    /// <summary>Subscription pools of a ledger.</summary>
    public const int PoolsMax = 10_000;

    /// <summary>Organisations that a pool admits besides its owner.</summary>
    public const int PoolMembersMax = 16;

    /// <summary>Entries of one record of usage.</summary>
    public const int UsageEntriesMax = 10_000;

    /// <summary>Units of one entry of usage: 2^40.</summary>
    public const ulong UsageUnitsMax = 1UL << 40;

    /// <summary>Works that are used in one pool and period.</summary>
    public const int PoolPeriodWorksMax = 10_000;

    /// <summary>
    /// Sums that a pool keeps for a period until it is divided: one a payer, and one a learner and work. About 100 bytes each.
    /// </summary>
    public const int PoolPeriodSumsMax = 1_000_000;

    /// <summary>Sums that all pools and periods keep together.</summary>
    public const int PoolSumsMax = 2_000_000;

    /// <summary>
    /// Bytes of a receipt that settled works may fill, by an upper bound; with a receipt's own 2,048 it stays below the
    /// 65,535 that a tile holds for an entry. One work always fits.
    /// </summary>
    public const int SettlementBytesMax = 60_000;

    /// <summary>Minimum guarantees that one close pays; a period with more is closed by several commands.</summary>
    public const int GuaranteesPerReceiptMax = 64;

    /// <summary>Wallets of a guarantor that are asked for a guarantee, in the order of their opening.</summary>
    public const int GuarantorWalletsMax = 16;

    /// <summary>Settlement periods of a ledger.</summary>
    public const int PeriodsMax = 10_000;

    /// <summary>Settlement periods that are not closed.</summary>
    public const int OpenPeriodsMax = 16;

    /// <summary>Works above each other in a chain of ancestors.</summary>
    public const int AncestryDepthMax = 8;

    /// <summary>Owners of ancestors that royalties of one revenue go to: what a receipt can hold.</summary>
    public const int RoyaltyOwnersMax = 16;

    /// <summary>Parts that a dispute's escrow is kept and paid in: what a receipt can hold.</summary>
    public const int EscrowSharesMax = 64;

    /// <summary>Owners put in by disputes who give back in one refund: what a receipt can hold.</summary>
    public const int EscrowReturnsMax = 64;

    /// <summary>Characters of a dispute's id, so that its escrow accounts' ids are ids too.</summary>
    public const int DisputeIdLengthMax = IdLengthMax - 12;

    /// <summary>Owners of a work.</summary>
    public const int OwnersMax = 64;

    /// <summary>Active licences of one holder for one work.</summary>
    public const int LicencesPerHolderAndWorkMax = 16;

    /// <summary>Lines of a multi-posting.</summary>
    public const int PostingLinesMax = 256;

    /// <summary>Holds of one account's money that are open at a time.</summary>
    public const int OpenHoldsPerAccountMax = 1_000;

    /// <summary>Holds that ran out whose release one command's receipt tells.</summary>
    public const int HoldsSweptMax = 4;

    /// <summary>Refunds and chargebacks of one purchase.</summary>
    public const int RefundsPerPurchaseMax = 1_000;

    /// <summary>Characters of an id.</summary>
    public const int IdLengthMax = 128;

    /// <summary>Characters of an organisation's id, so that its revenue accounts' ids are ids too.</summary>
    public const int OrganizationIdLengthMax = IdLengthMax - 12;

    /// <summary>The whole, in parts per million.</summary>
    public const uint WholePpm = 1_000_000;

    /// <summary>Purposes of one consent: all that the contract knows.</summary>
    public const int PurposesMax = 6;

    /// <summary>Scopes of one consent or access.</summary>
    public const int ScopesMax = 64;

    /// <summary>Consents of a learner that hold at a time, so that the receipt of an erasure fits a tile.</summary>
    public const int ConsentsPerSubjectMax = 256;

    /// <summary>Personal data of one learner.</summary>
    public const int DataPerSubjectMax = 256;

    /// <summary>Transfers of one batch.</summary>
    public const int BatchEntriesMax = 1_024;

    /// <summary>Accounts that one batch of transfers names.</summary>
    public const int BatchAccountsMax = 2_048;

    /// <summary>Bytes of the ids of a batch's accounts together.</summary>
    public const int BatchAccountIdBytesMax = 16_384;

    /// <summary>
    /// Bytes of an encoded batch of transfers. Its receipt repeats them with up to 9 bytes more an entry (reason and
    /// first sequence) and an envelope below 1,023 bytes, and so fits the 65,535 bytes of a tile's entry.
    /// </summary>
    public const int BatchBytesMax = 55_296;

    /// <summary>Highest sum of an account's posted debits or credits: what the contract's Money can show.</summary>
    public static readonly UInt128 AccountTotalMax = (UInt128)long.MaxValue;
}
