namespace KpGrpc.Gateway.Security.Callers;

/// <summary>Who calls, as far as the credentials prove it.</summary>
/// <param name="Subject">The learner's id for a learner; otherwise the name of the person, key or certificate.</param>
/// <param name="Roles">What she may be.</param>
/// <param name="Organizations">Organisations that she may speak for as a partner.</param>
internal sealed record Caller(string Subject, Roles Roles, IReadOnlySet<string> Organizations)
{
    /// <summary>The organisation that a service's key was made for; null for others.</summary>
    public string? Owner { get; init; }

    /// <summary>The caller without credentials where <see cref="IdentityOptions"/> asks for none: every role, no name.</summary>
    public static Caller Anonymous { get; } = new("anonymous", Roles.All, new HashSet<string>());

    /// <summary>Makes a caller of the names of her roles.</summary>
    /// <param name="subject">Her name.</param>
    /// <param name="names">Names of roles; those that are none of ours are passed over, since issuers grant other things too.</param>
    public static Caller Of(string subject, IEnumerable<string> names)
    {
        var roles = Roles.None;
        var organizations = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            roles |= RoleNames.Parse(name, out var organization);
            if (organization is not null)
            {
                organizations.Add(organization);
            }
        }

        return new Caller(subject, roles, organizations);
    }
}
