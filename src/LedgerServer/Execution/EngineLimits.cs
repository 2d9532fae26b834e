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

    /// <summary>Keys that an organisation may ever have had.</summary>
    public const int KeysPerOrganizationMax = 64;

    /// <summary>Keys that come with an enrolment.</summary>
    public const int FirstKeysMax = 16;

    /// <summary>Currencies of a ledger.</summary>
    public const int CurrenciesMax = 256;

    /// <summary>Logs of other ledgers that a genesis names.</summary>
    public const int ForeignLogsMax = 64;

    /// <summary>Versions of one agreement.</summary>
    public const int AgreementVersionsMax = 1_000;

    /// <summary>Parties of one split.</summary>
    public const int PartiesMax = 16;

    /// <summary>UTF-8 bytes of a reason given for people.</summary>
    public const int ReasonBytesMax = 512;

    /// <summary>Characters of an id.</summary>
    public const int IdLengthMax = 128;

    /// <summary>Characters of an organisation's id, so that its revenue accounts' ids are ids too.</summary>
    public const int OrganizationIdLengthMax = IdLengthMax - 12;

    /// <summary>The whole, in parts per million.</summary>
    public const uint WholePpm = 1_000_000;

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
