using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

using KpGrpc.ServiceDefaults.Hosting;

namespace KpGrpc.Gateway.Verbs;

/// <summary>The process's command line: without a verb it serves.</summary>
internal static class RootVerb
{
    private const string Program = "kp-gateway";

    /// <summary>Runs a command line to its end.</summary>
    /// <param name="args">Verb and options, or settings of the server.</param>
    /// <param name="output">Where verbs print.</param>
    /// <param name="error">Where faults are said.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, TimeProvider time)
    {
        var parsed = Create(output, error, time).Parse(args);
        if (parsed.CommandResult.Command is not RootCommand && parsed.UnmatchedTokens.Count > 0)
        {
            // Settings follow the server alone: a verb that ignored a mistyped option would do something else.
            await error.WriteLineAsync($"{Program} {parsed.CommandResult.Command.Name}: there is no option {parsed.UnmatchedTokens[0]}; --help lists them");
            return ServerProgram.ExitConfiguration;
        }

        if (parsed.Action is ParseErrorAction)
        {
            await error.WriteLineAsync($"{Program} {parsed.CommandResult.Command.Name}: {string.Join("; ", parsed.Errors.Select(Text))} (--help tells more)");
            return ServerProgram.ExitConfiguration;
        }

        // SIGTERM belongs to the host, which drains: the command line's own handler would cut the process after two seconds.
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, Output = output, Error = error });
    }

    private static RootCommand Create(TextWriter output, TextWriter error, TimeProvider time)
    {
        // Settings such as --Gateway:LedgerAddress=x belong to the configuration system.
        var root = new RootCommand("KpGrpc Gateway: serves where no verb is given; settings follow as --Section:Name=value")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        root.SetAction((result, _) => ServeAsync(result.UnmatchedTokens, error));
        root.Subcommands.Add(MakeApiKeyVerb.Create(output, error, time));
        root.Subcommands.Add(PrintPermissionsVerb.Create(output));
        return root;
    }

    private static string Text(ParseError fault) =>
        string.Join(' ', fault.Message.Split(['\n', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');

    // A mistyped verb must not start a server.
    private static async Task<int> ServeAsync(IReadOnlyList<string> settings, TextWriter error)
    {
        if (settings.Count == 0 || settings[0].StartsWith("--", StringComparison.Ordinal))
        {
            return await ServerProgram.RunAsync(Program, () => GatewayHost.Build([.. settings]), error);
        }

        await error.WriteLineAsync($"{Program}: there is no verb {settings[0]}; --help lists them");
        return ServerProgram.ExitConfiguration;
    }
}
