using KpGrpc.Demo.Processes;
using KpGrpc.Demo.Steps;

namespace KpGrpc.Demo.Preparation;

/// <summary>Runs the InferenceServer's own <c>import</c> verb against the running server.</summary>
internal sealed class ImportStep : IStoryStep
{
    public string Name => "Import catalogue and history, and count";

    public TimeSpan Deadline => TimeSpan.FromMinutes(4);

    public async Task RunAsync(DemoSession session, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "import",
            "--server", session.Servers.Addresses.InferenceGrpc.GetLeftPart(UriPartial.Authority),
            "--catalogue", session.Files.Catalogue,
            "--history", session.Files.History,
            "--wait",
        ];
        var lines = await ProcessRun.ToEndAsync(
            "InferenceServer import",
            session.Binaries.Find(ServerProgram.Inference),
            arguments,
            session.Settings.DemoFile("logs", "import.log"),
            cancellationToken);
        // The rest of the output is progress.
        foreach (var line in lines.Where(line => line.Contains(": ", StringComparison.Ordinal)))
        {
            session.Console.Line(line);
        }
    }
}
