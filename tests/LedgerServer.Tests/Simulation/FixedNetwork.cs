using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

using KpGrpc.Client.Signing;
using KpGrpc.LedgerServer.Admission;
using KpGrpc.LedgerServer.Configuration;
using KpGrpc.LedgerServer.Log;
using KpGrpc.LedgerServer.Node;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.MerkleLog.Notes;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.ServiceDefaults.Validation;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Simulation;

/// <summary>A network whose keys, times and idempotency keys are always the same, so that every byte of its log is.</summary>
internal sealed class FixedNetwork : IDisposable
{
    public const string NetworkId = "fixed-net";
    public const string LedgerId = "main";

    /// <summary>When its commands are made, microseconds since 1970; they are valid for a day.</summary>
    public const long StartMicros = 1_767_323_045_000_000;

    private readonly TemporaryDirectory folder = new();
    private readonly Dictionary<string, SigningKey> keys;

    public FixedNetwork(params (string Id, string Role)[] more)
    {
        (string Id, string Role)[] members =
        [
            ("producer", "producer"), ("platform", "platform"), ("technology", "technology"), ("operator", "operator"),
            ("payment-provider", "paymentProvider"), .. more,
        ];
        keys = members.ToDictionary(member => member.Id, member => KeyOf(member.Id));
        var document = new GenesisDocument
        {
            Format = GenesisDocument.FormatName,
            Development = true,
            NetworkId = NetworkId,
            LedgerId = LedgerId,
            Currencies = [new GenesisCurrency("EUR", 2)],
            Organizations =
            [
                .. members.Select(member => new GenesisOrganization(
                    member.Id, member.Id, [member.Role], [new GenesisKey($"{member.Id}-1", "ed25519", Convert.ToBase64String(keys[member.Id].ExportPublicKey()))])),
            ],
            Approvers = ["operator"],
        };
        File.WriteAllBytes(GenesisPath, JsonSerializer.SerializeToUtf8Bytes(document, GenesisJson.Default.GenesisDocument));
        using var signer = NoteSigner.FromSeed(LedgerParts.DefaultOrigin(NetworkId, LedgerId), Seed("log"));
        SecretKeyFile.Write(LogKeyPath, signer.ExportPrivateKey(), development: true);
    }

    private string GenesisPath => folder.Combine("genesis.json");

    private string LogKeyPath => folder.Combine("log.key");

    /// <summary>A key that anybody can make again.</summary>
    public static SigningKey KeyOf(string organizationId, int number = 1) =>
        SigningKey.FromSeed(organizationId, $"{organizationId}-{number}", Seed($"{organizationId}-{number}"));

    /// <summary>Opens a data folder as the server does.</summary>
    public LedgerParts Open(string dataFolder) => LedgerParts.Open(
        new LedgerOptions { DataDirectory = dataFolder, GenesisPath = GenesisPath, LogKeyPath = LogKeyPath }, production: false);

    /// <summary>The command that this number always stands for: it gives the idempotency key.</summary>
    /// <param name="number">Names the command.</param>
    /// <param name="organizationId">Who sends it.</param>
    /// <param name="setBody">What it does.</param>
    public AdmittedCommand Command(int number, string organizationId, Action<CommandPayload> setBody)
    {
        var proto = new CommandPayload
        {
            NetworkId = NetworkId,
            LedgerId = LedgerId,
            OrganizationId = organizationId,
            IdempotencyKey = ByteString.CopyFrom(Seed(string.Create(CultureInfo.InvariantCulture, $"command {number}")).AsSpan(0, 16)),
            NotAfter = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddMicroseconds(StartMicros).AddHours(24)),
            SchemaVersion = 1,
        };
        setBody(proto);
        var payload = proto.ToByteArray();
        var key = keys[organizationId];
        var faults = new FieldViolations();
        var decoded = PayloadDecoder.Decode(payload, faults);
        Assert.True(decoded is not null, $"the command {number} is malformed");
        var signature = key.Sign([.. "kp.ledger.v1.CommandPayload\n"u8, .. payload]);
        return new AdmittedCommand(CommandDecoder.ToCommand(decoded, payload, key.KeyId, signature), payload, signature, null);
    }

    public void Dispose()
    {
        foreach (var key in keys.Values)
        {
            key.Dispose();
        }

        folder.Dispose();
    }

    private static byte[] Seed(string name) => SHA256.HashData(Encoding.UTF8.GetBytes(name));
}
