using System.Globalization;
using System.Text;

using KpGrpc.Gateway.Security.Callers;

namespace KpGrpc.Gateway.Security.Policies;

/// <summary>The policy as a page for people.</summary>
internal static class PolicyPage
{
    /// <summary>Where the page lies in the repository.</summary>
    public const string Path = "docs/PERMISSIONS.md";

    private const string Start = """
        # Permissions

        Who may call what through the Gateway. This page is printed from `src/Gateway/Security/Policies/PolicyTable.cs` by `make permissions`; a test fails where the two differ. Why it is so, and how callers prove who they are: [0026](design/0026-identity-and-policy.md).

        One of the marked roles suffices. A learner reaches her own data alone, and a partner her organisation's; the other roles are not bound. What stands in no row is refused to everybody. **public**: no credentials are asked for.

        """;

    /// <summary>Writes the page.</summary>
    public static string Write()
    {
        var page = new StringBuilder(Start.ReplaceLineEndings("\n"));
        foreach (var service in PolicyTable.Rows.GroupBy(row => row.Service))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {service.Key}\n");
            Write(page, "method", service.Select(row => (row.Method, row)));
        }

        page.Append("\n## Paths of HTTP\n");
        Write(page, "path", PolicyTable.Paths.Select(row => (row.Service, row)));
        return page.ToString();
    }

    private static void Write(StringBuilder page, string head, IEnumerable<(string Name, PolicyRow Row)> rows)
    {
        page.Append(CultureInfo.InvariantCulture, $"| {head} | {RoleNames.Of(Roles.All).Replace(", ", " | ", StringComparison.Ordinal)} |\n|---|");
        page.Insert(page.Length, ":-:|", RoleNames.Each.Count).Append('\n');
        foreach (var (name, row) in rows)
        {
            var marks = RoleNames.Each.Select(role => row.IsPublic ? "public" : row.Roles.HasFlag(role) ? "yes" : " ");
            page.Append(CultureInfo.InvariantCulture, $"| {name} | {string.Join(" | ", marks)} |\n");
        }
    }
}
