using System.CommandLine;
using KpGrpc.InferenceServer.Commands.Tagging;
using KpGrpc.Testing;
using Spectre.Console;

namespace KpGrpc.InferenceServer.Tests.Commands.Tagging;

public sealed class TrainTaggerVerbTests : IDisposable
{
    private const string Small = "--layers 1 --hidden 16 --heads 2 --intermediate 16 --tokens-max 16 --batch-size 4 --validation-share 0.3 --device cpu";

    private readonly TemporaryDirectory folder = new();
    private readonly StringWriter screen = new();
    private readonly IAnsiConsole console;

    public TrainTaggerVerbTests()
    {
        console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(screen) });
        console.Profile.Width = 200;
        File.WriteAllLines(folder.Combine("train.jsonl"), Enumerable.Range(0, 20).Select(index => "{\"text\":\"我叫甲" + index + "乙\",\"label\":{\"name\":{\"甲\":[[2,2]]}}}"));
    }

    /// <inheritdoc />
    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Train_SmallFile_PublishesAVersionThatIsMeasuredAndExported()
    {
        var output = folder.Combine("models");

        Assert.Equal(0, await RunAsync(TrainTaggerVerb.Create(console, TimeProvider.System), $"--data {folder.Combine("train.jsonl")} --output {output} --epochs 2 --version one {Small}"));
        var version = Path.Combine(output, "tagger", "one");
        Assert.True(File.Exists(Path.Combine(version, "card.json")), screen.ToString());

        Assert.Equal(0, await RunAsync(
            EvaluateTaggerVerb.Create(console, TimeProvider.System), $"--model {version} --data {folder.Combine("train.jsonl")} --name mine --output {folder.Combine("figures.jsonl")} --device cpu"));
        Assert.Contains("macro avg", screen.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"name\":\"mine\",\"metric\":\"macro_f1\"", File.ReadAllText(folder.Combine("figures.jsonl")), StringComparison.Ordinal);

        Assert.Equal(0, await RunAsync(CopyTaggerVerb.Export(console), $"--from {version} --to {folder.Combine("exported")}"));
        Assert.Equal(File.ReadAllBytes(Path.Combine(version, "model.safetensors")), File.ReadAllBytes(folder.Combine("exported", "model.safetensors")));
    }

    [Fact]
    public async Task Train_FromItsOwnExport_GoesOn()
    {
        var output = folder.Combine("models");
        await RunAsync(TrainTaggerVerb.Create(console, TimeProvider.System), $"--data {folder.Combine("train.jsonl")} --output {output} --epochs 1 --version one {Small}");

        var exit = await RunAsync(
            TrainTaggerVerb.Create(console, TimeProvider.System),
            $"--data {folder.Combine("train.jsonl")} --output {output} --epochs 1 --version two --from {Path.Combine(output, "tagger", "one")} --learning-rate 3e-5 --pretrain-epochs 1 {Small}");

        Assert.True(exit == 0, screen.ToString());
        Assert.True(File.Exists(Path.Combine(output, "tagger", "two", "card.json")));
    }

    [Theory]
    [InlineData("--hidden 17", "--hidden 17 must be a multiple of --heads 2")]
    [InlineData("--dropout 2", "Dropout")]
    [InlineData("--from nowhere", "config.json")]
    public async Task Train_OptionThatCannotBe_SaysSoInOneLine(string option, string named)
    {
        var arguments = $"--data {folder.Combine("train.jsonl")} --output {folder.Combine("models")} {string.Join(' ', Small.Split(' ').Chunk(2).Where(pair => !option.StartsWith(pair[0], StringComparison.Ordinal)).SelectMany(pair => pair))} {option}";

        Assert.Equal(1, await RunAsync(TrainTaggerVerb.Create(console, TimeProvider.System), arguments));

        Assert.Contains(named, screen.ToString(), StringComparison.Ordinal);
    }

    private static Task<int> RunAsync(Command verb, string arguments) =>
        verb.Parse(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)).InvokeAsync(cancellationToken: TestContext.Current.CancellationToken);
}
