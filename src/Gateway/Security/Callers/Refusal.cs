namespace KpGrpc.Gateway.Security.Callers;

/// <summary>Why credentials prove nobody.</summary>
internal enum Refusal
{
    /// <summary>They do: no refusal.</summary>
    None,

    /// <summary>There are none.</summary>
    Missing,

    /// <summary>A token and a key at once.</summary>
    Several,

    /// <summary>The authorization header is not <c>Bearer TOKEN</c>, or what follows is no token.</summary>
    Malformed,

    /// <summary>Longer than <see cref="IdentityOptions.TokenBytesMax"/>, or than any key.</summary>
    TooLarge,

    /// <summary>A token that is not, or not well, signed by a key of the issuer with an asymmetric algorithm.</summary>
    Signature,

    /// <summary>A token of another issuer.</summary>
    Issuer,

    /// <summary>A token for another audience.</summary>
    Audience,

    /// <summary>Over, or without an end.</summary>
    Expired,

    /// <summary>Not yet valid.</summary>
    NotYetValid,

    /// <summary>The subject is missing or is no id.</summary>
    Subject,

    /// <summary>No such key, or not this secret.</summary>
    UnknownKey,

    /// <summary>A certificate that no setting maps, or that its authority does not vouch for.</summary>
    Certificate,

    /// <summary>No issuer is configured, so no token can be checked.</summary>
    NoIssuer,

    /// <summary>The issuer's keys cannot be read now.</summary>
    IssuerAway,
}
