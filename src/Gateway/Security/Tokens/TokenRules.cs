using Microsoft.IdentityModel.Tokens;

namespace KpGrpc.Gateway.Security.Tokens;

/// <summary>What a token must fulfil, but for its lifetime, which the injected clock decides.</summary>
/// <remarks>Source: RFC 8725 (JSON Web Token best current practices), sections 3.1, 3.2, 3.8 and 3.9.</remarks>
internal static class TokenRules
{
    // Asymmetric ones alone: under an HMAC, whoever knows the issuer's public key could sign.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>The rules for the tokens of one issuer.</summary>
    public static TokenValidationParameters For(IssuerKeys issuer, string audience) => new()
    {
        ValidIssuer = issuer.Issuer,
        ValidAudience = audience,
        IssuerSigningKeys = issuer.Keys,
        ValidAlgorithms = Algorithms,
        RequireSignedTokens = true,
        RequireAudience = true,
        ValidateIssuer = true,
        ValidateAudience = true,
        ValidateLifetime = false,
    };
}
