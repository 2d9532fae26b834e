using System.CommandLine;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Commands;

/// <summary>The command line of the InferenceServer: one verb a class.</summary>
internal static class RootVerb
{
    private const int PlainWidth = 200; // columns of output that no terminal shows: lines are not broken

    /// <summary>All verbs.</summary>
    public static RootCommand Create()
    {
        var console = AnsiConsole.Console;
        if (!console.Profile.Out.IsTerminal)
        {
            console.Profile.Width = PlainWidth;
        }

        var root = new RootCommand("Profiles, recommendations and models of KpGrpc.");
        root.Subcommands.Add(EvaluateVerb.Create(console, TimeProvider.System));
        return root;
    }
}
