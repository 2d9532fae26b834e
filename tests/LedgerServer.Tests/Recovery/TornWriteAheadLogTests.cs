using KpGrpc.LedgerServer.Node;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.ServiceDefaults.Hosting;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Recovery;

public sealed class TornWriteAheadLogTests
{
    private const int Commits = 6;
    private const int Seeds = 60;

    [Fact]
    public async Task Open_WriteAheadLogCutAnywhereInTheLastCommits_RecoversAPrefixOfWholeCommits()
    {
        await using var fixture = new NodeFixture();
        var lengths = await CommitAsync(fixture);
        using var folder = new TemporaryDirectory();
        for (var seed = 0; seed < Seeds; seed++)
        {
            var cut = new Random(seed).NextInt64(lengths[0], lengths[^1] + 1);
            var options = Crash(fixture, folder.Combine($"cut-{seed}"), file => file.SetLength(cut));

            var parts = LedgerParts.Open(options, production: false);
            using var store = parts.Store;
            using var signer = parts.Signer;

            // Every commit whose last byte is there, and nothing of the one that is torn.
            var whole = (ulong)lengths.Count(length => length <= cut);
            Assert.True(whole == parts.Recovered.Range.Size, $"seed {seed}: cut at {cut} gave {parts.Recovered.Range.Size} entries, not {whole}");
        }
    }

    [Fact]
    public async Task Open_BitRotBeforeTheLastCommit_IsRefused()
    {
        await using var fixture = new NodeFixture();
        var lengths = await CommitAsync(fixture);
        using var folder = new TemporaryDirectory();
        for (var seed = 0; seed < Seeds; seed++)
        {
            var at = new Random(seed).NextInt64(lengths[0], lengths[^2]);
            var options = Crash(fixture, folder.Combine($"rot-{seed}"), file =>
            {
                file.Position = at;
                var value = file.ReadByte();
                file.Position = at;
                file.WriteByte((byte)(value ^ (1 << (seed % 8))));
            });

            var refusal = Assert.ThrowsAny<Exception>(() =>
            {
                var parts = LedgerParts.Open(options, production: false);
                parts.Store.Dispose();
                parts.Signer.Dispose();
                Assert.Fail($"seed {seed}: bit rot at {at} was not noticed: {parts.Recovered.Range.Size} entries");
            });
            Assert.True(refusal is StartupException, $"seed {seed}: {refusal}");
            Assert.Contains("DATA_LOSS", refusal.Message, StringComparison.Ordinal);
        }
    }

    // Commits of one command each; the length of the write-ahead log after each of them.
    private static async Task<long[]> CommitAsync(NodeFixture fixture)
    {
        fixture.Node.Start();
        var lengths = new long[Commits];
        for (var i = 0; i < Commits; i++)
        {
            await fixture.SubmitAsync(fixture.AdmitAccount($"account-{i}"));
            lengths[i] = new FileInfo(LogOf(fixture.Options.DataDirectory)).Length;
        }

        return lengths;
    }

    // The folder as a crash would leave it: a copy while the ledger is open, with a damaged write-ahead log.
    private static Configuration.LedgerOptions Crash(NodeFixture fixture, string target, Action<FileStream> damage)
    {
        Directory.CreateDirectory(target);
        foreach (var file in Directory.GetFiles(fixture.Options.DataDirectory).Where(file => Path.GetFileName(file) != "LOCK"))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        using (var log = new FileStream(LogOf(target), FileMode.Open, FileAccess.ReadWrite))
        {
            damage(log);
        }

        var options = fixture.Options;
        options.DataDirectory = target;
        return options;
    }

    private static string LogOf(string folder) => Directory.GetFiles(folder, "*.log").MaxBy(file => Path.GetFileName(file), StringComparer.Ordinal)!;
}
