using System.CommandLine;

using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.LedgerServer.Verbs;

/// <summary>The process's command line: without a verb it serves.</summary>
internal static class RootVerb
{
    /// <summary>Builds the command line.</summary>
    /// <param name="output">Where verbs print.</param>
    /// <param name="error">Where faults are said.</param>
    public static RootCommand Create(TextWriter output, TextWriter error)
    {
        // Settings such as --Ledger:DataDirectory=x belong to the configuration system.
        var root = new RootCommand("KpGrpc LedgerServer: serves a ledger where no verb is given; settings follow as --Section:Name=value")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        root.SetAction((result, _) => ServeAsync(result.UnmatchedTokens, error));
        root.Subcommands.Add(InitDevVerb.Create(output, error));
        root.Subcommands.Add(VerifyVerb.Create(output, error));
        root.Subcommands.Add(AuditVerb.Create(output, error));
        return root;
    }

    // A mistyped verb must not start a server.
    private static async Task<int> ServeAsync(IReadOnlyList<string> settings, TextWriter error)
    {
        if (settings.Count == 0 || settings[0].StartsWith("--", StringComparison.Ordinal))
        {
            return await LedgerServerHost.RunAsync([.. settings], error);
        }

        await error.WriteLineAsync($"kp-ledger: there is no verb {settings[0]}; --help lists them");
        return ServerProgram.ExitConfiguration;
    }
}
