using KpGrpc.Gateway.Security.Callers;
using KpGrpc.ServiceDefaults.Validation;

using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace KpGrpc.Gateway.Security.Tokens;

/// <summary>Checks bearer tokens (JWT) and reads the caller out of them. Safe from any thread.</summary>
internal sealed class TokenReader(IIssuer issuer, TokenCache cache, IOptions<IdentityOptions> options, TimeProvider time)
{
    private readonly IdentityOptions options = options.Value;
    private readonly JsonWebTokenHandler handler = new() { MaximumTokenSizeInBytes = options.Value.TokenBytesMax };
    private (IssuerKeys Issuer, TokenValidationParameters Parameters)? rules;

    /// <summary>Recognises the caller.</summary>
    /// <param name="token">What came behind "Bearer".</param>
    /// <param name="cancellationToken">Ends a wait for the issuer's keys.</param>
    public async ValueTask<Identification> ReadAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length > options.TokenBytesMax)
        {
            return Identification.Of(Refusal.TooLarge);
        }

        if (cache.Find(token) is { } known)
        {
            return Identification.Of(known);
        }

        if (issuer is NoIssuer)
        {
            return Identification.Of(Refusal.NoIssuer);
        }

        return await issuer.ReadAsync(cancellationToken) is { } keys ? await CheckAsync(token, keys) : Identification.Of(Refusal.IssuerAway);
    }

    private async Task<Identification> CheckAsync(string token, IssuerKeys keys)
    {
        var result = await handler.ValidateTokenAsync(token, RulesFor(keys));
        if (!result.IsValid)
        {
            if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
            {
                issuer.Suspect();
            }

            return Identification.Of(Explain(result.Exception));
        }

        return Read((JsonWebToken)result.SecurityToken, token);
    }

    private Identification Read(JsonWebToken token, string text)
    {
        var now = time.GetUtcNow();
        var ends = Utc(token.ValidTo) + options.ClockSkew;
        if (!token.TryGetClaim(JwtRegisteredClaimNames.Exp, out _) || ends <= now)
        {
            return Identification.Of(Refusal.Expired);
        }

        if (token.TryGetClaim(JwtRegisteredClaimNames.Nbf, out _) && Utc(token.ValidFrom) - options.ClockSkew > now)
        {
            return Identification.Of(Refusal.NotYetValid);
        }

        if (!token.TryGetClaim(options.SubjectClaim, out var subject) || !FieldRules.IsId(subject.Value))
        {
            return Identification.Of(Refusal.Subject);
        }

        var caller = Caller.Of(subject.Value, RolesOf(token));
        cache.Keep(text, caller, ends);
        return Identification.Of(caller);
    }

    private IEnumerable<string> RolesOf(JsonWebToken token) =>
        token.Claims.Where(claim => claim.Type == options.RolesClaim).Select(claim => claim.Value).Concat(
            token.Claims.Where(claim => claim.Type == options.ScopeClaim).SelectMany(claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    private TokenValidationParameters RulesFor(IssuerKeys keys)
    {
        var known = rules;
        if (known is null || !ReferenceEquals(known.Value.Issuer, keys))
        {
            rules = known = (keys, TokenRules.For(keys, options.Audience));
        }

        return known.Value.Parameters;
    }

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    private static Refusal Explain(Exception? fault) => fault switch
    {
        SecurityTokenInvalidIssuerException => Refusal.Issuer,
        SecurityTokenInvalidAudienceException => Refusal.Audience,
        SecurityTokenInvalidSignatureException or SecurityTokenInvalidAlgorithmException or SecurityTokenInvalidSigningKeyException => Refusal.Signature,
        _ => Refusal.Malformed,
    };
}
