using System.Globalization;

using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.Gateway.Security.Callers;

/// <summary>Roles as tokens, keys and settings write them: <c>learner</c>, <c>partner:ORGANISATION</c>, <c>operator</c>, <c>auditor</c>, <c>service</c>.</summary>
internal static class RoleNames
{
    /// <summary>What stands in front of an organisation's id.</summary>
    public const string PartnerPrefix = "partner:";

    /// <summary>How to write a role, for messages.</summary>
    public const string Rule = "learner, partner:ORGANISATION, operator, auditor or service";

    /// <summary>Every single role, in the order of the policy's columns.</summary>
    public static IReadOnlyList<Roles> Each { get; } = [Roles.Learner, Roles.Partner, Roles.Operator, Roles.Auditor, Roles.Service];

    /// <summary>Reads one name.</summary>
    /// <param name="name">The name; the case counts.</param>
    /// <param name="organizationId">The organisation of a partner; null for other roles.</param>
    /// <returns>The role; <see cref="Roles.None"/> where the name is none of ours.</returns>
    public static Roles Parse(string name, out string? organizationId)
    {
        organizationId = name.StartsWith(PartnerPrefix, StringComparison.Ordinal) ? name[PartnerPrefix.Length..] : null;
        if (organizationId is not null)
        {
            return FieldRules.IsId(organizationId) ? Roles.Partner : Roles.None;
        }

        return Each.FirstOrDefault(role => role != Roles.Partner && Of(role) == name);
    }

    /// <summary>The names of roles, with commas between them.</summary>
    public static string Of(Roles roles) =>
        string.Join(", ", Each.Where(role => roles.HasFlag(role)).Select(role => role.ToString().ToLower(CultureInfo.InvariantCulture)));
}
