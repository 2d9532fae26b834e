using System.Text;

using CsCheck;

using KpGrpc.Client.Signing;
using KpGrpc.LedgerServer.Admission;
using KpGrpc.LedgerServer.Configuration;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Snapshots;
using KpGrpc.LedgerServer.Log;
using KpGrpc.LedgerServer.Node;
using KpGrpc.LedgerServer.Snapshots;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.LedgerServer.Verbs;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.ServiceDefaults.Hosting;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Fuzzing;

/// <summary>Files that an operator hands over, with bytes or values changed: each is used as it stands, or refused with one message.</summary>
[Fuzzes(typeof(GenesisFile), typeof(DevelopmentNetwork), typeof(SigningKeyFile), typeof(LogKeyFile), typeof(SecretKeyFile), typeof(SnapshotFile), typeof(SnapshotHeader), typeof(SnapshotStart),
    typeof(LogVerifierFile))]
public sealed class FileFuzzTests : IAsyncLifetime
{
    private readonly LedgerFixture network = new();
    private readonly TemporaryDirectory folder = new();

    private string GenesisPath => Path.Combine(network.NetworkFolder, "genesis.json");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await network.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public void Genesis_AnyChangedFile_StartsAnEngineOrIsRefused()
    {
        var bytes = WithForeignLog();
        Gen.OneOf(Mutations.Of(bytes), JsonMutations.Of(bytes)).Sample(
            changed =>
            {
                try
                {
                    _ = new LedgerEngine(GenesisFile.Read(Written(changed)).Genesis, KeySignatures.Instance);
                }
                catch (StartupException refusal)
                {
                    Assert.NotEmpty(refusal.Message);
                }
            },
            iter: TestScale.Of(6_000, 600_000),
            threads: 1);
    }

    [Fact]
    public void Genesis_MembersWithADefaultLeftOut_TakeIt()
    {
        var whole = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(GenesisPath))!.AsObject();
        foreach (var name in new[] { "currencies", "approvalsNeeded", "approvers", "foreignLogs" })
        {
            whole.Remove(name);
        }

        var genesis = GenesisFile.Read(Written(Encoding.UTF8.GetBytes(whole.ToJsonString()))).Genesis;

        Assert.Equal((0, 1U, 0, 0), (genesis.Currencies.Count, genesis.ApprovalsNeeded, genesis.ApproverOrganizationIds.Count, genesis.ForeignLogs.Count));
    }

    [Fact]
    public void SigningKey_AnyChangedFile_SignsOrIsRefused()
    {
        var bytes = File.ReadAllBytes(Path.Combine(network.NetworkFolder, "keys", "producer.key"));
        Gen.OneOf(Mutations.Of(bytes), JsonMutations.Of(bytes)).Sample(
            changed =>
            {
                try
                {
                    using var key = SigningKeyFile.Read(Written(changed));
                    Assert.Equal(64, key.Sign("text"u8).Length);
                }
                catch (InvalidDataException refusal)
                {
                    Assert.NotEmpty(refusal.Message);
                }
            },
            iter: 4_000,
            threads: 1);
    }

    [Fact]
    public void LogKey_AnyChangedFile_IsItselfOrRefused()
    {
        var path = Path.Combine(network.NetworkFolder, "log.key");
        var origin = LedgerParts.DefaultOrigin(LedgerFixture.NetworkId, LedgerFixture.LedgerId);
        using var whole = LogKeyFile.Read(path, origin, production: false);
        Mutations.Of(File.ReadAllBytes(path)).Sample(
            changed =>
            {
                try
                {
                    File.WriteAllBytes(path, changed);
                    using var signer = LogKeyFile.Read(path, origin, production: false);
                    Assert.Equal(whole.ExportPrivateKey(), signer.ExportPrivateKey());
                }
                catch (StartupException refusal)
                {
                    Assert.NotEmpty(refusal.Message);
                }
            },
            iter: 3_000,
            threads: 1);
    }

    [Fact]
    public void LogVerifier_AnyChangedFile_IsAKeyOrRefused() => Mutations.Of(Encoding.UTF8.GetBytes(network.LogVerifierKey)).Sample(
        changed =>
        {
            try
            {
                Assert.NotEmpty(LogVerifierFile.Read(Written(changed)).Name);
            }
            catch (StartupException refusal)
            {
                Assert.NotEmpty(refusal.Message);
            }
        },
        iter: 3_000,
        threads: 1);

    [Fact]
    public void Snapshot_AnyChangedFile_IsDamaged()
    {
        var (path, genesis) = (folder.Combine("whole"), GenesisFile.Read(GenesisPath));
        SnapshotFile.Write(path, new SnapshotHeader(genesis.Identity, 1, 0, MerkleHasher.EmptyRoot), ImageOf(genesis.Genesis));
        var whole = File.ReadAllBytes(path);
        Mutations.Of(whole).Where(changed => !changed.AsSpan().SequenceEqual(whole)).Sample(
            changed =>
            {
                Assert.Throws<InvalidDataException>(() => SnapshotFile.Read(Written(changed), (header, _) => header));
            },
            iter: 2_000,
            threads: 1);
    }

    [Fact]
    public void SnapshotHash_OfAFileTooShortForOne_IsDamaged()
    {
        Assert.Throws<InvalidDataException>(() => SnapshotFile.ReadHash(Written(new byte[Hash256.Size - 1])));
    }

    [Fact]
    public void SnapshotHeader_AnyChangedBytes_IsReadOrDamaged()
    {
        using var content = new MemoryStream();
        using var output = new BinaryWriter(content);
        new SnapshotHeader(GenesisFile.Read(GenesisPath).Identity, 1, 5, MerkleHasher.EmptyRoot).WriteTo(output);
        Mutations.Of(content.ToArray()).Sample(
            changed =>
            {
                try
                {
                    using var input = new BinaryReader(new MemoryStream(changed), Encoding.UTF8);
                    Assert.NotNull(SnapshotHeader.Read(input));
                }
                catch (InvalidDataException)
                {
                    // What it should say.
                }
            },
            iter: 5_000);
    }

    [Fact]
    public void Currency_AnyText_IsReadOrRefused() => Mutations.Of("CNY:2").Sample(
        text =>
        {
            try
            {
                Assert.NotNull(DevelopmentNetwork.ParseCurrency(text).Code);
            }
            catch (FormatException refusal)
            {
                Assert.NotEmpty(refusal.Message);
            }
        },
        iter: 2_000);

    private static StateImage ImageOf(Genesis genesis) => StateImage.Capture(new LedgerEngine(genesis, KeySignatures.Instance).State);

    private byte[] WithForeignLog()
    {
        var genesis = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(GenesisPath))!;
        var other = network.LogVerifierKey;
        genesis["foreignLogs"] = new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject
        {
            ["ledgerId"] = "other",
            ["origin"] = other[..other.IndexOf('+', StringComparison.Ordinal)],
            ["verifierKey"] = other,
        });
        var bytes = Encoding.UTF8.GetBytes(genesis.ToJsonString());
        Assert.NotNull(GenesisFile.Read(Written(bytes)));
        return bytes;
    }

    private string Written(byte[] bytes)
    {
        var path = folder.Combine("changed");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
