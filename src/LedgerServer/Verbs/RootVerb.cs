using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.LedgerServer.Verbs;

/// <summary>The process's command line: without a verb it serves.</summary>
internal static class RootVerb
{
    /// <summary>Runs a command line to its end.</summary>
    /// <param name="args">Verb and options, or settings of the server.</param>
    /// <param name="output">Where verbs print.</param>
    /// <param name="error">Where faults are said.</param>
    /// <param name="cancellationToken">Ends a verb.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var parsed = Create(output, error).Parse(args);
        if (parsed.CommandResult.Command is not RootCommand && parsed.UnmatchedTokens.Count > 0)
        {
            // Settings follow the server alone: a verb that ignored a mistyped option would look at the wrong files.
            await error.WriteLineAsync($"kp-ledger {parsed.CommandResult.Command.Name}: there is no option {parsed.UnmatchedTokens[0]}; --help lists them");
            return ServerProgram.ExitConfiguration;
        }

        if (parsed.Action is ParseErrorAction)
        {
            await error.WriteLineAsync($"kp-ledger {parsed.CommandResult.Command.Name}: {string.Join("; ", parsed.Errors.Select(Text))} (--help tells more)");
            return ServerProgram.ExitConfiguration;
        }

        // SIGTERM belongs to the host, which drains: the command line's own handler would cut the process after two seconds.
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, Output = output, Error = error }, cancellationToken);
    }

    private static RootCommand Create(TextWriter output, TextWriter error)
    {
        // Settings such as --Ledger:DataDirectory=x belong to the configuration system.
        var root = new RootCommand("KpGrpc LedgerServer: serves a ledger where no verb is given; settings follow as --Section:Name=value")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        root.SetAction((result, _) => ServeAsync(result.UnmatchedTokens, error));
        root.Subcommands.Add(InitDevVerb.Create(output, error));
        root.Subcommands.Add(MakeKeyVerb.Create(output, error));
        root.Subcommands.Add(VerifyVerb.Create(output, error));
        root.Subcommands.Add(AuditVerb.Create(output, error));
        root.Subcommands.Add(BackupVerb.Create(output, error));
        root.Subcommands.Add(RestoreVerb.Create(output, error));
        root.Subcommands.Add(ExportVerb.Create(output, error));
        return root;
    }

    // The library names the option in some of its messages only, and lists what is allowed one a line.
    private static string Text(ParseError fault)
    {
        var text = string.Join(' ', fault.Message.Split(['\n', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
        var option = fault.SymbolResult as OptionResult ?? fault.SymbolResult?.Parent as OptionResult;
        return option is null || text.Contains(option.Option.Name, StringComparison.Ordinal) ? text : $"{option.Option.Name}: {text}";
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
