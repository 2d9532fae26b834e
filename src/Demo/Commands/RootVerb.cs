using System.CommandLine;
using KpGrpc.Demo.Output;

namespace KpGrpc.Demo.Commands;

/// <summary>The command line of the demo.</summary>
internal static class RootVerb
{
    /// <summary>Builds it.</summary>
    /// <param name="output">Standard output.</param>
    /// <param name="error">Standard error.</param>
    /// <param name="redirected">Whether standard output is no terminal.</param>
    /// <param name="time">The clock.</param>
    public static RootCommand Create(TextWriter output, TextWriter error, bool redirected, TimeProvider time)
    {
        var options = new DemoOptions();
        Command Verb(string name, string description, bool stayUp)
        {
            var verb = new Command(name, description);
            verb.SetAction((parsed, cancellationToken) =>
            {
                var console = StoryConsole.Create(output, options.IsPlain(parsed, redirected));
                return new DemoRun(options.Read(parsed, stayUp), console, error, time).RunAsync(cancellationToken);
            });
            return options.AddTo(verb);
        }

        return new RootCommand("Shows KpGrpc from a learner's profile to a verified receipt, with three real servers.")
        {
            Verb("demo", "Starts the servers, walks the story, stops the servers.", stayUp: false),
            Verb("run", "Does the same and stays up until Ctrl-C.", stayUp: true),
        };
    }
}
