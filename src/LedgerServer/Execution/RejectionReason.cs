namespace KpGrpc.LedgerServer.Execution;

/// <summary>
/// Why a command was rejected. The numbers are those of <c>kp.ledger.v1.RejectionReason</c>: they are persisted in
/// receipts and never change their meaning.
/// </summary>
internal enum RejectionReason
{
    /// <summary>Not rejected.</summary>
    None = 0,

    /// <summary>The payload cannot be decoded, a field is outside its range, or the body is missing.</summary>
    Malformed = 1,

    /// <summary>The active engine does not know the schema version.</summary>
    SchemaVersionUnsupported = 2,

    /// <summary>The active engine does not execute this kind.</summary>
    CommandUnsupported = 3,

    /// <summary>The command is above a size limit of the ledger.</summary>
    TooLarge = 4,

    /// <summary>network_id is another network's.</summary>
    WrongNetwork = 5,

    /// <summary>ledger_id is another ledger's.</summary>
    WrongLedger = 6,

    /// <summary>The signature does not verify.</summary>
    SignatureInvalid = 7,

    /// <summary>The key is not known at this sequence.</summary>
    UnknownKey = 8,

    /// <summary>The key is revoked at this sequence.</summary>
    KeyRevoked = 9,

    /// <summary>The key belongs to another organisation.</summary>
    KeyNotOfOrganization = 10,

    /// <summary>An organisation is not a member at this sequence.</summary>
    UnknownOrganization = 11,

    /// <summary>The organisation is suspended at this sequence.</summary>
    OrganizationSuspended = 12,

    /// <summary>The organisation or key lacks the role for this command.</summary>
    RoleMissing = 13,

    /// <summary>The organisation has the role, but this object is not its own.</summary>
    NotAuthorized = 14,

    /// <summary>The order's time is before not_before.</summary>
    NotYetValid = 15,

    /// <summary>The order's time is after not_after.</summary>
    Expired = 16,

    /// <summary>The idempotency key was used with another payload.</summary>
    IdempotencyConflict = 17,

    /// <summary>The ledger is frozen after a mismatch between members.</summary>
    LedgerFrozen = 18,

    /// <summary>An object with the new id exists.</summary>
    AlreadyExists = 19,

    /// <summary>A limit of the ledger on the number of objects is reached.</summary>
    LimitReached = 20,

    /// <summary>The key id was used before.</summary>
    KeyAlreadyUsed = 21,

    /// <summary>The proof of possession of a new key does not verify.</summary>
    PossessionNotProven = 22,

    /// <summary>The last active key of an organisation cannot go without approvals.</summary>
    LastKey = 23,

    /// <summary>The organisation to reinstate is not suspended.</summary>
    OrganizationNotSuspended = 24,

    /// <summary>There is no pending change with this hash.</summary>
    UnknownChange = 25,

    /// <summary>The organisation has voted on this change.</summary>
    ChangeAlreadyVoted = 26,

    /// <summary>The change took effect or died.</summary>
    ChangeAlreadyDecided = 27,

    /// <summary>The policy could never be met.</summary>
    PolicyInvalid = 28,

    /// <summary>The engine version is not above the active one, unknown, or its start is not in the future.</summary>
    EngineVersionInvalid = 29,

    /// <summary>The currency is not declared on this ledger.</summary>
    UnknownCurrency = 30,

    /// <summary>The exponent is not that of the declared currency.</summary>
    ExponentMismatch = 31,

    /// <summary>The work is not registered.</summary>
    UnknownWork = 32,

    /// <summary>Shares do not sum to exactly 1,000,000 ppm, or a party comes twice.</summary>
    SharesInvalid = 33,

    /// <summary>A needed co-signature is missing.</summary>
    CoSignatureMissing = 34,

    /// <summary>A co-signature does not verify or signs other terms.</summary>
    CoSignatureInvalid = 35,

    /// <summary>The giver owns less of the work than passes.</summary>
    InsufficientShare = 36,

    /// <summary>An ancestor work is not registered.</summary>
    UnknownAncestor = 37,

    /// <summary>The chain of ancestors is deeper than the limit.</summary>
    AncestryTooDeep = 38,

    /// <summary>The royalties of the ancestors exceed the whole.</summary>
    RoyaltyInvalid = 39,

    /// <summary>The work is in dispute.</summary>
    WorkInDispute = 40,

    /// <summary>There is no such offer, or it is of another work.</summary>
    UnknownOffer = 41,

    /// <summary>The offer is withdrawn or outside its time.</summary>
    OfferClosed = 42,

    /// <summary>There is no such licence.</summary>
    UnknownLicence = 43,

    /// <summary>The licence is revoked or expired.</summary>
    LicenceNotActive = 44,

    /// <summary>The licence's terms forbid passing it on.</summary>
    LicenceNotTransferable = 45,

    /// <summary>The holder has an active licence that covers the purchase.</summary>
    AlreadyLicensed = 46,

    /// <summary>There is no such dispute.</summary>
    UnknownDispute = 47,

    /// <summary>The dispute is resolved.</summary>
    DisputeNotOpen = 48,

    /// <summary>The organisation has voted on this dispute.</summary>
    DisputeAlreadyVoted = 49,

    /// <summary>There is no such agreement or version.</summary>
    UnknownAgreement = 50,

    /// <summary>The proposed version is not one above the last.</summary>
    AgreementVersionInvalid = 51,

    /// <summary>The version is no longer open for acceptance.</summary>
    AgreementNotProposed = 52,

    /// <summary>The version is not active.</summary>
    AgreementNotActive = 53,

    /// <summary>The party has accepted this version.</summary>
    AgreementAlreadyAccepted = 54,

    /// <summary>A later version covers another scope.</summary>
    AgreementScopeChanged = 55,

    /// <summary>The hash of the terms is not the proposal's.</summary>
    AgreementTermsMismatch = 56,

    /// <summary>Caps, floors or guarantees contradict each other.</summary>
    AgreementLimitsInvalid = 57,

    /// <summary>The organisation is not a party of the agreement.</summary>
    NotAParty = 58,

    /// <summary>No active agreement covers the revenue.</summary>
    NoActiveAgreement = 59,

    /// <summary>There is no such account.</summary>
    UnknownAccount = 60,

    /// <summary>The account is of a kind that this command does not use.</summary>
    AccountKindWrong = 61,

    /// <summary>The amount or another account is in another currency.</summary>
    CurrencyMismatch = 62,

    /// <summary>Debit and credit are the same account.</summary>
    SameAccount = 63,

    /// <summary>The amount is zero or outside its range.</summary>
    AmountInvalid = 64,

    /// <summary>A sum would leave its range.</summary>
    AmountOverflow = 65,

    /// <summary>The available balance, holds counted, is too small.</summary>
    InsufficientFunds = 66,

    /// <summary>The credited account would exceed its highest balance, holds counted.</summary>
    BalanceLimitExceeded = 67,

    /// <summary>Debits and credits are not equal per currency.</summary>
    PostingsUnbalanced = 68,

    /// <summary>The provider's reference was used before.</summary>
    ExternalReferenceUsed = 69,

    /// <summary>There is no such hold.</summary>
    UnknownHold = 70,

    /// <summary>The hold is captured or released.</summary>
    HoldNotOpen = 71,

    /// <summary>The hold ran out by the order's time.</summary>
    HoldExpired = 72,

    /// <summary>The capture is above what remains.</summary>
    HoldAmountExceeded = 73,

    /// <summary>A movement between ledgers lacks the other side's receipt.</summary>
    ForeignReceiptMissing = 74,

    /// <summary>The other side's receipt does not verify.</summary>
    ForeignReceiptInvalid = 75,

    /// <summary>The other side's receipt verifies but is of another movement.</summary>
    ForeignReceiptMismatch = 76,

    /// <summary>The expected price is not the offer's.</summary>
    PriceMismatch = 77,

    /// <summary>There is no such purchase.</summary>
    UnknownPurchase = 78,

    /// <summary>The refund is above what is not refunded yet.</summary>
    RefundExceedsRemaining = 79,

    /// <summary>There is no such pool.</summary>
    UnknownPool = 80,

    /// <summary>The pool's period is settled.</summary>
    PoolAlreadySettled = 81,

    /// <summary>The pool's period has no usage to divide by.</summary>
    PoolWithoutUsage = 82,

    /// <summary>The amount to divide is not the expected one.</summary>
    PoolAmountMismatch = 83,

    /// <summary>The kind of revenue is not one for this command.</summary>
    RevenueKindWrong = 84,

    /// <summary>There is no such settlement period.</summary>
    UnknownPeriod = 85,

    /// <summary>The period is closed.</summary>
    PeriodClosed = 86,

    /// <summary>The period's end is not reached by the order's time, or an earlier period is open.</summary>
    PeriodNotOver = 87,

    /// <summary>The period overlaps another.</summary>
    PeriodOverlaps = 88,

    /// <summary>A pool of the period is not settled.</summary>
    PeriodHasOpenPools = 89,

    /// <summary>The guarantor cannot pay a minimum guarantee.</summary>
    GuaranteeUnfunded = 90,

    /// <summary>There is no such consent.</summary>
    UnknownConsent = 91,

    /// <summary>The consent is revoked or expired.</summary>
    ConsentNotActive = 92,

    /// <summary>The consent does not cover the purpose, scope or organisation.</summary>
    ConsentDoesNotCover = 93,

    /// <summary>The subject is not known.</summary>
    UnknownSubject = 94,

    /// <summary>The subject was erased.</summary>
    SubjectErased = 95,

    /// <summary>The attachment does not open the commitment.</summary>
    CommitmentMismatch = 96,

    /// <summary>A time in the body contradicts another or the order's time.</summary>
    TimeInvalid = 97,

    /// <summary>The money is in the escrow of a dispute. Reserved: no rule gives it so far.</summary>
    RevenueFrozen = 98,

    /// <summary>The pool's period has usage, so it is divided and not carried to another.</summary>
    PoolHasUsage = 99,
}
