using System.CommandLine;

using KpGrpc.Gateway.Security.Policies;

namespace KpGrpc.Gateway.Verbs;

/// <summary><c>print-permissions</c>: who may call what, as the Markdown page that stands in the documentation.</summary>
internal static class PrintPermissionsVerb
{
    public static Command Create(TextWriter output)
    {
        var verb = new Command("print-permissions", $"Prints who may call what as Markdown; make permissions writes it to {PolicyPage.Path}");
        verb.SetAction(_ =>
        {
            output.Write(PolicyPage.Write());
            return 0;
        });
        return verb;
    }
}
