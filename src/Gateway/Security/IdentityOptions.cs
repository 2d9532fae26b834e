using System.ComponentModel.DataAnnotations;

using KpGrpc.Gateway.Security.Certificates;

using Microsoft.Extensions.Options;

namespace KpGrpc.Gateway.Security;

/// <summary>How the Gateway finds out who calls. Section <c>Gateway:Identity</c>.</summary>
public sealed class IdentityOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string SectionName = "Gateway:Identity";

    /// <summary>
    /// Address of the issuer's OpenID Connect metadata, such as <c>https://id.example/.well-known/openid-configuration</c>;
    /// plain http on loopback alone. Empty (default): no issuer but the development one.
    /// </summary>
    [RegularExpression(@"https://.+|http://(127\.0\.0\.1|localhost|\[::1\])([:/].*)?", ErrorMessage = "Gateway:Identity:MetadataAddress must start with https:// (http:// on loopback alone)")]
    public string MetadataAddress { get; set; } = string.Empty;

    /// <summary>What a token's <c>aud</c> must name. Default <c>kpgrpc</c>.</summary>
    [Required(ErrorMessage = "Gateway:Identity:Audience must name what tokens are made for, such as kpgrpc")]
    public string Audience { get; set; } = "kpgrpc";

    /// <summary>Claim with the caller's name; for a learner it is her learner id. Default <c>sub</c>.</summary>
    [Required(ErrorMessage = "Gateway:Identity:SubjectClaim must name a claim, such as sub")]
    public string SubjectClaim { get; set; } = "sub";

    /// <summary>Claim with the names of roles, one or a list: learner, partner:ORGANISATION, operator, auditor, service. Default <c>roles</c>.</summary>
    [Required(ErrorMessage = "Gateway:Identity:RolesClaim must name a claim, such as roles")]
    public string RolesClaim { get; set; } = "roles";

    /// <summary>Claim with scopes, spaces between them, that count as roles too. Default <c>scope</c>.</summary>
    [Required(ErrorMessage = "Gateway:Identity:ScopeClaim must name a claim, such as scope")]
    public string ScopeClaim { get; set; } = "scope";

    /// <summary>How far the issuer's clock may be off. Range 0 to 5 min, default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest token, in bytes. Range 512 to 16,384, default 8,192.</summary>
    [Range(512, 16_384)]
    public int TokenBytesMax { get; set; } = 8_192;

    /// <summary>
    /// How long a token that was found good is not checked again, its own end apart. Range 0 to 10 min, default 1 min: so
    /// long is a key that the issuer takes back still honoured.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan TokenFresh { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Whether this process issues tokens to whoever asks, for development. Default: in the Development environment, on a
    /// loopback address, where no <see cref="MetadataAddress"/> is given. True anywhere else stops the start.
    /// </summary>
    public bool? DevelopmentIssuer { get; set; }

    /// <summary>File of the development issuer's key, made at first start. Empty (default): beside <see cref="GatewayOptions.PseudonymKeyPath"/>.</summary>
    public string DevelopmentKeyPath { get; set; } = string.Empty;

    /// <summary>How long a token of the development issuer is valid. Range 1 s to 24 h, default 8 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan DevelopmentTokenLifetime { get; set; } = TimeSpan.FromHours(8);

    /// <summary>File of the services' keys, as the verb <c>make-api-key</c> writes it; read again when it changes. Empty (default): no keys.</summary>
    public string ApiKeysPath { get; set; } = string.Empty;

    /// <summary>Whom client certificates stand for; they need <see cref="TlsOptions"/>. Default none.</summary>
    [ValidateEnumeratedItems]
    public IList<CertificateMapping> Certificates { get; } = [];
}

/// <summary>Source-generated check of <see cref="IdentityOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class IdentityOptionsValidator : IValidateOptions<IdentityOptions>;
