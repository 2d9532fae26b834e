using System.ComponentModel.DataAnnotations;

using KpGrpc.Gateway.Security.Callers;

namespace KpGrpc.Gateway.Security.Certificates;

/// <summary>Whom one client certificate stands for. A thumbprint or a subject, and roles.</summary>
public sealed class CertificateMapping : IValidatableObject
{
    /// <summary>SHA-256 of the certificate, 64 hexadecimal characters. A pinned certificate needs no authority.</summary>
    [RegularExpression("[0-9a-fA-F]{64}", ErrorMessage = "Gateway:Identity:Certificates: a Thumbprint is the SHA-256 of the certificate, 64 hexadecimal characters")]
    public string? Thumbprint { get; set; }

    /// <summary>The certificate's distinguished name, such as <c>CN=billing, O=Example</c>. Needs <see cref="TlsOptions.ClientAuthoritiesPath"/>.</summary>
    public string? Subject { get; set; }

    /// <summary>Name of the caller in logs. Required.</summary>
    [Required(ErrorMessage = "Gateway:Identity:Certificates: give each certificate a Name")]
    public string Name { get; set; } = string.Empty;

    /// <summary>Roles: partner:ORGANISATION, operator, auditor, service. At least one.</summary>
    public IList<string> Roles { get; } = [];

    /// <summary>What the attributes cannot say.</summary>
    /// <param name="validationContext">Not used.</param>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrEmpty(Thumbprint) == string.IsNullOrEmpty(Subject))
        {
            yield return new ValidationResult($"Gateway:Identity:Certificates: give {Name} a Thumbprint or a Subject, and not both");
        }

        if (Roles.Count == 0 || Roles.Any(role => RoleNames.Parse(role, out _) is Callers.Roles.None or Callers.Roles.Learner))
        {
            yield return new ValidationResult($"Gateway:Identity:Certificates: the Roles of {Name} must be some of partner:ORGANISATION, operator, auditor, service");
        }
    }
}
