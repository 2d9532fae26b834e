namespace KpGrpc.LedgerServer.Execution;

/// <summary>
/// Kind of a command. The numbers are those of <c>kp.ledger.v1.CommandKind</c>: they are persisted in receipts.
/// Which kinds this engine executes is said by the engine's handler table.
/// </summary>
internal enum CommandKind
{
    /// <summary>No kind; never executed.</summary>
    None = 0,

    /// <summary>Makes an organisation a member.</summary>
    EnrolOrganization = 100,

    /// <summary>Adds a key.</summary>
    AddKey = 101,

    /// <summary>Replaces a key.</summary>
    RotateKey = 102,

    /// <summary>Revokes a key.</summary>
    RevokeKey = 103,

    /// <summary>Suspends an organisation.</summary>
    SuspendOrganization = 104,

    /// <summary>Ends a suspension.</summary>
    ReinstateOrganization = 105,

    /// <summary>Sets an organisation's roles.</summary>
    ChangeRoles = 106,

    /// <summary>Sets how many approvals are needed.</summary>
    ChangePolicy = 107,

    /// <summary>Opens a currency.</summary>
    DeclareCurrency = 108,

    /// <summary>Activates a version of the rules.</summary>
    ActivateEngine = 109,

    /// <summary>Approves a pending change.</summary>
    ApproveChange = 110,

    /// <summary>Registers a work.</summary>
    RegisterWork = 200,

    /// <summary>Passes a share of a work.</summary>
    TransferOwnership = 201,

    /// <summary>Opens an offer.</summary>
    PublishOffer = 202,

    /// <summary>Closes an offer.</summary>
    WithdrawOffer = 203,

    /// <summary>Grants a licence without a sale.</summary>
    GrantLicence = 204,

    /// <summary>Passes a licence on.</summary>
    TransferLicence = 205,

    /// <summary>Ends a licence.</summary>
    RevokeLicence = 206,

    /// <summary>Claims a work.</summary>
    OpenDispute = 207,

    /// <summary>Votes on a dispute.</summary>
    ResolveDispute = 208,

    /// <summary>Proposes an agreement.</summary>
    ProposeAgreement = 300,

    /// <summary>Accepts a proposed version.</summary>
    AcceptAgreement = 301,

    /// <summary>Refuses a proposed version.</summary>
    RefuseAgreement = 302,

    /// <summary>Ends an active version.</summary>
    TerminateAgreement = 303,

    /// <summary>Opens an account.</summary>
    OpenAccount = 400,

    /// <summary>Brings money in.</summary>
    Deposit = 401,

    /// <summary>Takes money out.</summary>
    Payout = 402,

    /// <summary>Moves money.</summary>
    Transfer = 403,

    /// <summary>Posts several lines at once.</summary>
    PostMultiple = 404,

    /// <summary>Reserves money.</summary>
    PlaceHold = 405,

    /// <summary>Captures a hold.</summary>
    CaptureHold = 406,

    /// <summary>Releases a hold.</summary>
    ReleaseHold = 407,

    /// <summary>Buys a licence.</summary>
    Purchase = 408,

    /// <summary>Gives a purchase back.</summary>
    Refund = 409,

    /// <summary>Takes a purchase back.</summary>
    Chargeback = 410,

    /// <summary>Opens a subscription pool.</summary>
    OpenPool = 411,

    /// <summary>Pays into a pool.</summary>
    Subscribe = 412,

    /// <summary>Adds usage to a pool.</summary>
    RecordUsage = 413,

    /// <summary>Divides a pool.</summary>
    SettlePool = 414,

    /// <summary>Splits advertising or referral revenue.</summary>
    RecordRevenue = 415,

    /// <summary>Opens a settlement period.</summary>
    OpenSettlementPeriod = 416,

    /// <summary>Closes a settlement period.</summary>
    CloseSettlementPeriod = 417,

    /// <summary>Makes many transfers, each with its own outcome.</summary>
    TransferBatch = 418,

    /// <summary>Records a consent.</summary>
    GrantConsent = 500,

    /// <summary>Ends a consent.</summary>
    RevokeConsent = 501,

    /// <summary>Records an access.</summary>
    RecordAccess = 502,

    /// <summary>Binds erasable personal data.</summary>
    CommitSubjectData = 503,

    /// <summary>Erases a subject.</summary>
    EraseSubject = 504,
}
