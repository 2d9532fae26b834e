using Microsoft.IdentityModel.Tokens;

namespace KpGrpc.Gateway.Security.Tokens;

/// <summary>An issuer at one time.</summary>
/// <param name="Issuer">Its name, as the claim <c>iss</c> must have it.</param>
/// <param name="Keys">Its public keys, asymmetric ones alone.</param>
internal sealed record IssuerKeys(string Issuer, IReadOnlyList<SecurityKey> Keys);
