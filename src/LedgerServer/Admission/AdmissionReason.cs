namespace KpGrpc.LedgerServer.Admission;

/// <summary>Why a command was not taken in. Nothing of it was stored or ordered. Mapped to a status by <c>Services/AdmissionErrors</c>.</summary>
internal enum AdmissionReason
{
    /// <summary>A field is missing or outside its range; the faults name each.</summary>
    Malformed = 1,

    /// <summary>The payload is longer than a ledger takes.</summary>
    TooLarge,

    /// <summary>The payload names another network.</summary>
    WrongNetwork,

    /// <summary>The payload names another ledger than this one, or than the request.</summary>
    WrongLedger,

    /// <summary>The key is not known.</summary>
    UnknownKey,

    /// <summary>The key is revoked.</summary>
    KeyRevoked,

    /// <summary>The key belongs to another organisation.</summary>
    KeyNotOfOrganization,

    /// <summary>The signature does not verify.</summary>
    SignatureInvalid,

    /// <summary>The command may not be ordered yet.</summary>
    NotYetValid,

    /// <summary>The command may not be ordered any more.</summary>
    Expired,

    /// <summary>not_after is more than 24 hours after not_before, or after now.</summary>
    WindowTooLong,

    /// <summary>The kind is in the contract, but not served by this release.</summary>
    CommandUnsupported,
}
