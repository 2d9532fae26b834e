using System.Globalization;

using KpGrpc.LedgerServer.Admission;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.Testing;

using Proto = KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.LedgerServer.Tests.Golden;

/// <summary>
/// The rules as one number: a fixed script of every kind of command has the root, histories and state that are kept in
/// <c>Vectors/golden-root.txt</c>, however its commands are batched. A change of the file is a change of the rules, or
/// of what is stored: nothing that was released may ever change it.
/// </summary>
public sealed class GoldenRootTests : IDisposable
{
    private const int All = 16_384;
    private readonly GoldenScript script = new();
    private readonly TemporaryDirectory folder = new();

    [Fact]
    public async Task Run_TheScript_HasTheGoldenRoot()
    {
        CheckWanted();
        var run = await RunAsync("one", commands => commands.Select(command => new[] { command }), batchMax: 1);

        Assert.Equal(run.Leaves.Count, run.Commits);
        await GoldenVector.CheckAsync(run, "golden-root.txt");
    }

    [Fact]
    public async Task Run_TheScript_HasEveryKindOfCommand()
    {
        var run = await RunAsync("kinds", commands => [[.. commands]], All);
        var receipts = run.Leaves.Select(Proto.Receipt.Parser.ParseFrom).ToList();
        var accepted = receipts.Where(receipt => receipt.Status == Proto.ReceiptStatus.Accepted).Select(receipt => (CommandKind)receipt.CommandKind).ToHashSet();

        // There is no second engine to activate yet: the kind is there, and refused.
        Assert.Contains(receipts, receipt => (CommandKind)receipt.CommandKind == CommandKind.ActivateEngine);
        var missing = Enum.GetValues<CommandKind>().Except([CommandKind.None, CommandKind.ActivateEngine, .. accepted]).ToList();
        Assert.True(missing.Count == 0, $"the script has no accepted {string.Join(", ", missing)}; add one");
        Assert.Contains(receipts, receipt => receipt.Status == Proto.ReceiptStatus.Rejected);
    }

    [Fact]
    public async Task Run_AnyOtherBatching_GivesTheSameRootStateAndRows()
    {
        var expected = await RunAsync("one", commands => commands.Select(command => new[] { command }), batchMax: 1);

        var together = await RunAsync("together", commands => [[.. commands]], All);
        Assert.Equal(script.Phases.Count, together.Commits);
        AssertSame(expected, together);
        for (var seed = 0; seed < TestScale.Of(always: 12, soak: 400); seed++)
        {
            var random = new Random(seed);
            AssertSame(expected, await RunAsync($"random-{seed}", commands => Divide(commands, random), random.Next(1, 20)));
        }
    }

    [Fact]
    public async Task Replay_Twice_GivesTheLiveState()
    {
        var live = await RunAsync("live", commands => Divide(commands, new Random(1)), batchMax: 7);

        AssertSame(live, GoldenRun.OfReplay(script.Network, folder.Combine("live")));
        AssertSame(live, GoldenRun.OfReplay(script.Network, folder.Combine("live")));
    }

    public void Dispose()
    {
        folder.Dispose();
        script.Dispose();
    }

    private static IEnumerable<AdmittedCommand[]> Divide(IReadOnlyList<AdmittedCommand> commands, Random random)
    {
        for (var at = 0; at < commands.Count;)
        {
            var group = commands.Skip(at).Take(random.Next(1, 6)).ToArray();
            at += group.Length;
            yield return group;
        }
    }

    // A run in a child process says under what it is to run; else it would prove nothing.
    private static void CheckWanted()
    {
        if (Environment.GetEnvironmentVariable(GoldenRootProcessTests.WantedVariable) is { Length: > 0 } wanted)
        {
            Assert.Equal(wanted, $"{CultureInfo.CurrentCulture.Name} {TimeZoneInfo.Local.BaseUtcOffset} {Environment.ProcessorCount}");
        }
    }

    private static void AssertSame(GoldenRun expected, GoldenRun found)
    {
        Assert.Equal(expected.Leaves.Select(Hex), found.Leaves.Select(Hex));
        Assert.Equal(expected.Root, found.Root);
        Assert.Equal(expected.State, found.State);
        Assert.Equal(expected.Columns, found.Columns);
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private Task<GoldenRun> RunAsync(string name, Func<IReadOnlyList<AdmittedCommand>, IEnumerable<AdmittedCommand[]>> group, int batchMax) =>
        GoldenRun.OfAsync(script.Network, folder.Combine(name), script.Phases, group, batchMax);
}
