using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

using Grpc.Core;

using KpGrpc.Client.Signing;
using KpGrpc.LedgerServer.Tests.Hosting;
using KpGrpc.LedgerServer.Tests.Services.Submission.Steps;
using KpGrpc.MerkleLog.Hashing;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Membership.V1;
using KpGrpc.Testing;

using Microsoft.Extensions.DependencyInjection;

using CommandKind = KpGrpc.LedgerServer.Execution.CommandKind;

namespace KpGrpc.LedgerServer.Tests.Services.Submission;

/// <summary>A running ledger on which every kind of command was ordered once, with what is needed to send each again.</summary>
public sealed class EveryKindLedger : IAsyncLifetime
{
    private readonly Dictionary<string, SigningKey> keys = [];
    private readonly List<SigningKey> made = [];
    private LedgerFixture? fixture;

    /// <summary>The first command of each kind, in the order of the script.</summary>
    internal Dictionary<CommandKind, CommandSample> Samples { get; } = [];

    /// <summary>Every command of the script, in order.</summary>
    internal List<CommandSample> Script { get; } = [];

    /// <summary>The genesis that the ledger started from.</summary>
    internal LedgerServer.Execution.Genesis Genesis =>
        Configuration.GenesisFile.Read(Path.Combine(fixture!.NetworkFolder, "genesis.json")).Genesis;

    /// <summary>The server.</summary>
    internal TestServer Server => fixture!.Server;

    /// <summary>A revoked key of each organisation that has a sample.</summary>
    internal Dictionary<string, SigningKey> RevokedKeys { get; } = [];

    /// <summary>The server's clock.</summary>
    internal ShiftedClock Clock { get; } = new();

    /// <summary>The receipt of the last step.</summary>
    internal Receipt Last { get; private set; } = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        fixture = await LedgerFixture.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(Clock));
        foreach (var id in new[] { "platform", "technology", "operator", "payment-provider", "producer" })
        {
            made.Add(keys[id] = SigningKeyFile.Read(Path.Combine(fixture.NetworkFolder, "keys", $"{id}.key")));
        }

        foreach (var step in EveryKindScript.Of(this))
        {
            await RunAsync(step);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (fixture is not null)
        {
            await fixture.DisposeAsync();
        }

        made.ForEach(key => key.Dispose());
    }

    /// <summary>Key that an organisation signs with.</summary>
    internal SigningKey KeyOf(string organizationId) => keys[organizationId];

    /// <summary>Makes an organisation's commands be signed with this key from now on.</summary>
    internal void SignWith(SigningKey key) => keys[key.OrganizationId] = key;

    /// <summary>A new key, disposed with the ledger.</summary>
    internal SigningKey MakeKey(string organizationId, string keyId)
    {
        made.Add(SigningKey.Generate(organizationId, keyId));
        return made[^1];
    }

    internal ByteString ProvePossession(SigningKey added) => ByteString.CopyFrom(
        new CommandSigner(KeyOf(added.OrganizationId), LedgerFixture.NetworkId, LedgerFixture.LedgerId).ProvePossession(added));

    internal static Key PublicKey(SigningKey key) =>
        new() { KeyId = key.KeyId, Algorithm = KeyAlgorithm.Ed25519, PublicKey = ByteString.CopyFrom(key.ExportPublicKey()) };

    /// <summary>A payload with a new idempotency key and a window of ten minutes from the server's time.</summary>
    internal byte[] Payload(string organizationId, Action<CommandPayload> setBody)
    {
        var payload = new CommandPayload
        {
            NetworkId = LedgerFixture.NetworkId,
            LedgerId = LedgerFixture.LedgerId,
            OrganizationId = organizationId,
            IdempotencyKey = ByteString.CopyFrom(CommandSigner.NewIdempotencyKey()),
            NotAfter = Timestamp.FromDateTimeOffset(Clock.GetUtcNow().AddMinutes(10)),
            SchemaVersion = 1,
        };
        setBody(payload);
        return payload.ToByteArray();
    }

    /// <summary>Sends one command.</summary>
    /// <param name="door">By which way.</param>
    /// <param name="key">Key that signs.</param>
    /// <param name="payload">What is signed.</param>
    /// <param name="attachment">What travels beside it, where the door takes it.</param>
    /// <param name="damaged">True turns a bit of the signature.</param>
    internal async Task<SubmissionAnswer> SendAsync(SubmissionDoor door, SigningKey key, byte[] payload, Attachment? attachment = null, bool damaged = false)
    {
        try
        {
            return door == SubmissionDoor.OneCommand
                ? await SendSingleAsync(Sign(key, payload, damaged), attachment)
                : await SendBatchAsync(door == SubmissionDoor.SignedBatch
                    ? new SubmitBatchRequest { Batch = SignBatch(key, payload, damaged) }
                    : new SubmitBatchRequest { Commands = { Sign(key, payload, damaged) } });
        }
        catch (RpcException refused)
        {
            return new SubmissionAnswer([], false, refused.GetRpcStatus());
        }
    }

    private async Task RunAsync(CommandStep step)
    {
        var key = KeyOf(step.OrganizationId);
        var payload = Payload(step.OrganizationId, step.SetBody);
        var answer = await SendAsync(SubmissionDoor.OneCommand, key, payload, step.Attachment);
        Last = answer.Receipt();
        Assert.True(Last.RejectionReason == step.Expected, $"{CommandPayload.Parser.ParseFrom(payload).BodyCase}: {Last.RejectionMessage}");
        Script.Add(new CommandSample(key, payload, step.Attachment, answer.Leaf));
        Samples.TryAdd((CommandKind)CommandPayload.Parser.ParseFrom(payload).BodyCase, Script[^1]);
    }

    private async Task<SubmissionAnswer> SendSingleAsync(SignedCommand command, Attachment? attachment)
    {
        var response = await fixture!.Ledger.SubmitAsync(new SubmitRequest { Command = command, Attachment = attachment }, cancellationToken: Stop)
            .ResponseAsync.WithinAsync("the answer to a command");
        return new SubmissionAnswer(response.Receipt.Leaf.ToByteArray(), response.Replayed, null);
    }

    private async Task<SubmissionAnswer> SendBatchAsync(SubmitBatchRequest request)
    {
        var response = await fixture!.Ledger.SubmitBatchAsync(request, cancellationToken: Stop).ResponseAsync.WithinAsync("the answer to a batch");
        var outcome = Assert.Single(response.Outcomes);
        return new SubmissionAnswer(outcome.Leaf.ToByteArray(), outcome.Replayed, outcome.Error);
    }

    private static SignedCommand Sign(SigningKey key, byte[] payload, bool damaged) => new()
    {
        Payload = ByteString.CopyFrom(payload),
        KeyId = key.KeyId,
        Signature = Signature(key, [.. "kp.ledger.v1.CommandPayload\n"u8, .. payload], damaged),
    };

    // The root of a tree of one leaf is the leaf's hash.
    private static SignedBatch SignBatch(SigningKey key, byte[] payload, bool damaged) => new()
    {
        Payloads = { ByteString.CopyFrom(payload) },
        KeyId = key.KeyId,
        Signature = Signature(key, [.. "kp.ledger.v1.BatchRoot\n"u8, .. MerkleHasher.HashLeaf(payload).ToArray()], damaged),
    };

    private static ByteString Signature(SigningKey key, byte[] message, bool damaged)
    {
        var signature = key.Sign(message);
        signature[^1] ^= (byte)(damaged ? 1 : 0);
        return ByteString.CopyFrom(signature);
    }
}
