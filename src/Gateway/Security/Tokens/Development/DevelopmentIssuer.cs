using System.Security.Cryptography;

using KpGrpc.Gateway.Security.Callers;
using KpGrpc.ServiceDefaults.Hosting;

using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace KpGrpc.Gateway.Security.Tokens.Development;

/// <summary>
/// An issuer inside the Gateway that gives a token to whoever asks for one: for a developer's own machine, where there is
/// no other. Its key (ECDSA P-256) is made at first start and kept, so that tokens outlive a restart. Who creates it disposes it.
/// </summary>
internal sealed class DevelopmentIssuer : IIssuer, IDisposable
{
    /// <summary>The claim <c>iss</c> of its tokens: the same wherever it listens, since several Gateways may share a key.</summary>
    public const string Name = "https://kpgrpc.example/development-issuer";

    private readonly IdentityOptions options;
    private readonly TimeProvider time;
    private readonly ECDsa key;
    private readonly SigningCredentials credentials;
    private readonly IssuerKeys keys;
    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>Reads the key, or makes it.</summary>
    /// <exception cref="StartupException">The file cannot be read or made.</exception>
    public DevelopmentIssuer(IOptions<IdentityOptions> options, IOptions<GatewayOptions> gateway, TimeProvider time)
    {
        (this.options, this.time) = (options.Value, time);
        key = DevelopmentKey.Read(DevelopmentKey.PathOf(this.options, gateway.Value));
        var id = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16];
        credentials = new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = id }, SecurityAlgorithms.EcdsaSha256);
        Public = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(PublicHalf(id));
        keys = new IssuerKeys(Name, [Public]);
    }

    /// <summary>Its public key.</summary>
    public JsonWebKey Public { get; }

    /// <summary>How long its tokens are valid.</summary>
    public TimeSpan Lifetime => options.DevelopmentTokenLifetime;

    /// <summary>Makes a token.</summary>
    /// <param name="subject">The caller's name; a learner's id.</param>
    /// <param name="roles">Names of roles, see <see cref="RoleNames"/>.</param>
    public string Issue(string subject, IReadOnlyList<string> roles)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Name,
            Audience = options.Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + Lifetime,
            Claims = new Dictionary<string, object> { [options.SubjectClaim] = subject, [options.RolesClaim] = roles },
            SigningCredentials = credentials,
        });
    }

    public ValueTask<IssuerKeys?> ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IssuerKeys?>(keys);

    public void Suspect()
    {
        // It has the one key that it started with.
    }

    public void Dispose() => key.Dispose();

    private ECDsaSecurityKey PublicHalf(string id) => new(ECDsa.Create(key.ExportParameters(includePrivateParameters: false))) { KeyId = id };
}
