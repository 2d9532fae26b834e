using KpGrpc.Demo.Data;
using KpGrpc.Demo.Steps;

namespace KpGrpc.Demo.Preparation;

/// <summary>Reads the input and writes it as files that the importer takes.</summary>
internal sealed class DataStep : IStoryStep
{
    public string Name => "Read the input";

    public TimeSpan Deadline => TimeSpan.FromSeconds(60);

    public async Task RunAsync(DemoSession session, CancellationToken cancellationToken)
    {
        var data = DataFolder.Read(session.Settings.InputDirectory, session.Settings.BaseDirectory);
        session.Data = data;
        session.Files = await ImportFiles.WriteAsync(data, session.Settings.DemoFile("import"), cancellationToken);
        var console = session.Console;
        console.Fact("input", data.Name);
        console.Fact("catalogue", $"{data.Works.Count:N0} works of {data.Producers.Count:N0} producers, prices in {data.CurrencyCode}");
        console.Fact("history", $"{data.Interactions:N0} enrolments of {data.Histories.Count:N0} learners");
        foreach (var note in data.Notes)
        {
            console.Note(note);
        }
    }
}
