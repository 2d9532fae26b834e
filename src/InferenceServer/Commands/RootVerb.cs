using System.CommandLine;
using KpGrpc.InferenceServer.Commands.Propensity;
using KpGrpc.InferenceServer.Commands.Publishing;
using KpGrpc.InferenceServer.Commands.Training;
using KpGrpc.InferenceServer.Hosting;
using KpGrpc.ServiceDefaults.Hosting;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Commands;

/// <summary>The command line of the InferenceServer: one verb a class; without a verb the server runs.</summary>
internal static class RootVerb
{
    private const int PlainWidth = 200; // columns of output that no terminal shows: lines are not broken

    /// <summary>Runs a command line to its end.</summary>
    /// <param name="args">Verb and options, or settings of the server.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Create(args).Parse(args);
        if (parsed.CommandResult.Command is not RootCommand && parsed.UnmatchedTokens.Count > 0)
        {
            // Settings follow the server alone: a verb that ignored a mistyped option would do something else than asked.
            await Console.Error.WriteLineAsync($"kp-inference {parsed.CommandResult.Command.Name}: there is no option {parsed.UnmatchedTokens[0]}; --help lists them");
            return ServerProgram.ExitConfiguration;
        }

        // SIGTERM belongs to the host, which drains: the command line's own handler would cut the process after two seconds.
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    /// <summary>All verbs.</summary>
    /// <param name="args">The command line, whose settings (<c>--Section:Name=value</c>) go to the server.</param>
    private static RootCommand Create(string[] args)
    {
        var console = AnsiConsole.Console;
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = PlainWidth;
        }

        var root = new RootCommand("Profiles, recommendations and models of KpGrpc. Without a verb: runs the server; settings are --Section:Name=value.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        root.Subcommands.Add(EvaluateVerb.Create(console, TimeProvider.System));
        root.Subcommands.Add(ImportVerb.Create(console, TimeProvider.System));
        root.Subcommands.Add(TrainVerb.Create(console, TimeProvider.System));
        root.Subcommands.Add(ExportVerb.Create(console));
        root.Subcommands.Add(PublishVerb.Create(console, TimeProvider.System));
        root.Subcommands.Add(new Command("score", "Scores files with trained models.") { ScorePropensityVerb.Create(console, TimeProvider.System) });
        root.SetAction(async (parsed, _) =>
        {
            if (parsed.UnmatchedTokens.FirstOrDefault(token => !token.StartsWith("--", StringComparison.Ordinal) && !IsValue(token, args)) is { } stray)
            {
                await Console.Error.WriteLineAsync($"'{stray}' is no verb; --help lists them.");
                return ServerProgram.ExitConfiguration;
            }

            return await ServerProgram.RunAsync("kp-inference", () => InferenceServerApp.Build(args), Console.Error);
        });
        return root;
    }

    /// <summary>The value of <c>--Section:Name value</c>.</summary>
    private static bool IsValue(string token, string[] args)
    {
        var at = Array.IndexOf(args, token);
        return at > 0 && args[at - 1].StartsWith("--", StringComparison.Ordinal) && !args[at - 1].Contains('=', StringComparison.Ordinal);
    }
}
