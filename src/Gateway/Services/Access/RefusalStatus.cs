using Grpc.Core;

using KpGrpc.Gateway.Security.Callers;
using KpGrpc.Gateway.Security.Policies;
using KpGrpc.ServiceDefaults.Errors;

namespace KpGrpc.Gateway.Services.Access;

/// <summary>What a caller hears who is not let in: the rule and what to do, never what she sent.</summary>
internal static class RefusalStatus
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>The status of credentials that prove nobody.</summary>
    public static RpcException Of(Refusal refusal) => refusal switch
    {
        Refusal.Missing => RichErrors.Unauthenticated("CREDENTIALS_MISSING", "this call needs credentials: send authorization: Bearer TOKEN, an x-api-key header, or a client certificate"),
        Refusal.Several => RichErrors.Unauthenticated("CREDENTIALS_SEVERAL", "send one credential alone, a token or a key, once"),
        Refusal.Malformed => RichErrors.Unauthenticated("TOKEN_MALFORMED", "the authorization header must be Bearer and a JSON Web Token"),
        Refusal.TooLarge => RichErrors.Unauthenticated("CREDENTIALS_TOO_LARGE", "the token or key is longer than any that is accepted: ask the issuer for fewer claims"),
        Refusal.Signature => RichErrors.Unauthenticated("TOKEN_SIGNATURE", "the token is not signed by a key of the issuer with RS, PS or ES and 256, 384 or 512: get one from the issuer"),
        Refusal.Issuer => RichErrors.Unauthenticated("TOKEN_ISSUER", "the token is another issuer's: get one from the issuer of this Gateway"),
        Refusal.Audience => RichErrors.Unauthenticated("TOKEN_AUDIENCE", "the token is made for somebody else: ask the issuer for one with this Gateway's audience"),
        Refusal.Expired => RichErrors.Unauthenticated("CREDENTIALS_EXPIRED", "the token or key has expired, or has no end: get a new one"),
        Refusal.NotYetValid => RichErrors.Unauthenticated("TOKEN_NOT_YET_VALID", "the token is not valid yet: check the clocks of the issuer and this Gateway"),
        Refusal.Subject => RichErrors.Unauthenticated("TOKEN_SUBJECT", "the token's subject is missing or is no id: 1 to 128 characters of A-Z a-z 0-9 . _ : / -"),
        Refusal.UnknownKey => RichErrors.Unauthenticated("API_KEY_UNKNOWN", "no such key: ask the operator for one"),
        Refusal.Certificate => RichErrors.Unauthenticated("CERTIFICATE_UNKNOWN", "the client certificate stands for nobody here, is out of its dates, or no known authority vouches for it"),
        Refusal.NoIssuer => RichErrors.Unauthenticated("TOKEN_NO_ISSUER", "this Gateway has no issuer, so it takes no tokens: use a key or a client certificate"),
        Refusal.IssuerAway => RichErrors.Unavailable("the issuer's keys cannot be read, so no token can be checked; try again", RetryAfter),
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, "no refusal"),
    };

    /// <summary>The status of a caller who is known and may not do this.</summary>
    public static RpcException NotAllowed(Caller caller, PolicyRow row) => RichErrors.PermissionDenied(
        "ROLE_NOT_ALLOWED",
        $"{row.Service}{(row.Method.Length > 0 ? "/" : string.Empty)}{row.Method} needs one of the roles: {RoleNames.Of(row.Roles)}; the caller has: {(caller.Roles == Roles.None ? "none" : RoleNames.Of(caller.Roles))}");
}
