using System.Security.Cryptography;
using System.Text;

using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

using KpGrpc.MerkleLog.Hashing;
using KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.Client.Signing;

/// <summary>
/// Builds and signs commands for one ledger: network and ledger ids, a fresh idempotency key, a validity window and the
/// prefix that separates uses (see <c>kp/ledger/v1/command.proto</c>). Thread-safe.
/// </summary>
public sealed class CommandSigner
{
    /// <summary>Length of an idempotency key, in bytes.</summary>
    public const int IdempotencyKeyBytes = 16;

    /// <summary>Window where none is given: 10 minutes.</summary>
    public static readonly TimeSpan WindowDefault = TimeSpan.FromMinutes(10);

    /// <summary>The one version of a payload's meaning.</summary>
    internal const uint SchemaVersion = 1;

    private readonly SigningKey key;
    private readonly string networkId;
    private readonly string ledgerId;
    private readonly TimeProvider time;
    private readonly TimeSpan window;

    /// <summary>Creates a signer.</summary>
    /// <param name="key">The organisation's key; stays the caller's to dispose.</param>
    /// <param name="networkId">Network.</param>
    /// <param name="ledgerId">Ledger.</param>
    /// <param name="time">Clock for the window; null for the system's.</param>
    /// <param name="window">How long a command may wait for its ordering, above 0, at most 24 hours; null for <see cref="WindowDefault"/>.</param>
    public CommandSigner(SigningKey key, string networkId, string ledgerId, TimeProvider? time = null, TimeSpan? window = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        this.key = key;
        this.networkId = networkId;
        this.ledgerId = ledgerId;
        this.time = time ?? TimeProvider.System;
        this.window = window ?? WindowDefault;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(this.window, TimeSpan.Zero, nameof(window));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(this.window, TimeSpan.FromHours(24), nameof(window));
    }

    /// <summary>Gets the organisation that signs.</summary>
    public string OrganizationId => key.OrganizationId;

    /// <summary>Gets the network that commands are for.</summary>
    internal string NetworkId => networkId;

    /// <summary>Gets the ledger that commands are for.</summary>
    internal string LedgerId => ledgerId;

    /// <summary>A random idempotency key.</summary>
    public static byte[] NewIdempotencyKey() => RandomNumberGenerator.GetBytes(IdempotencyKeyBytes);

    /// <summary>Builds and signs one command.</summary>
    /// <param name="setBody">Sets the body, such as <c>payload => payload.Purchase = new Purchase { … }</c>.</param>
    /// <param name="idempotencyKey">16 bytes; empty for a new random key. Keep a key of one's own where a process may die between signing and answer.</param>
    public PreparedCommand Sign(Action<CommandPayload> setBody, ReadOnlyMemory<byte> idempotencyKey = default)
    {
        var idempotency = idempotencyKey.IsEmpty ? NewIdempotencyKey() : idempotencyKey;
        var payload = Build(setBody, idempotency);
        return new PreparedCommand(key.OrganizationId, idempotency, new SignedCommand
        {
            Payload = UnsafeByteOperations.UnsafeWrap(payload),
            KeyId = key.KeyId,
            Signature = UnsafeByteOperations.UnsafeWrap(key.Sign([.. "kp.ledger.v1.CommandPayload\n"u8, .. payload])),
        }, LedgerId);
    }

    /// <summary>Builds several commands, each with a new idempotency key, and signs the RFC 6962 root over them once.</summary>
    /// <param name="setBodies">Sets the bodies, 1 to 10,000.</param>
    public PreparedBatch SignBatch(IReadOnlyCollection<Action<CommandPayload>> setBodies)
    {
        ArgumentNullException.ThrowIfNull(setBodies);
        ArgumentOutOfRangeException.ThrowIfZero(setBodies.Count);
        var keys = new List<ReadOnlyMemory<byte>>(setBodies.Count);
        var payloads = new List<byte[]>(setBodies.Count);
        foreach (var setBody in setBodies)
        {
            keys.Add(NewIdempotencyKey());
            payloads.Add(Build(setBody, keys[^1]));
        }

        return SignPayloads(payloads, keys);
    }

    /// <summary>Signs the RFC 6962 root over encoded payloads once.</summary>
    /// <param name="payloads">Payloads of this signer's network, ledger and organisation, 1 to 10,000; not copied.</param>
    /// <param name="idempotencyKeys">Their keys.</param>
    internal PreparedBatch SignPayloads(IReadOnlyList<byte[]> payloads, IReadOnlyList<ReadOnlyMemory<byte>> idempotencyKeys)
    {
        var range = new CompactRange();
        Span<MerkleNode> nodes = new MerkleNode[TreeLimits.MaxNodesPerAppend];
        var batch = new SignedBatch { KeyId = key.KeyId };
        foreach (var payload in payloads)
        {
            range.Append(MerkleHasher.HashLeaf(payload), nodes);
            batch.Payloads.Add(UnsafeByteOperations.UnsafeWrap(payload));
        }

        batch.Signature = UnsafeByteOperations.UnsafeWrap(key.Sign([.. "kp.ledger.v1.BatchRoot\n"u8, .. range.Root().ToArray()]));
        return new PreparedBatch(key.OrganizationId, idempotencyKeys, batch);
    }

    /// <summary>The proof that an AddKey command carries: the new key signs where it is going to be added.</summary>
    /// <param name="added">The new key, of this signer's organisation.</param>
    public byte[] ProvePossession(SigningKey added)
    {
        ArgumentNullException.ThrowIfNull(added);
        var head = Encoding.UTF8.GetBytes($"kp.membership.v1.AddKey\n{networkId}\n{ledgerId}\n{key.OrganizationId}\n{added.KeyId}\n");
        return added.Sign([.. head, .. added.ExportPublicKey()]);
    }

    /// <summary>The end of the window of a command that is built now.</summary>
    internal DateTimeOffset NotAfter() => time.GetUtcNow() + window;

    /// <summary>Builds a payload.</summary>
    internal byte[] Build(Action<CommandPayload> setBody, ReadOnlyMemory<byte> idempotencyKey)
    {
        ArgumentNullException.ThrowIfNull(setBody);
        if (idempotencyKey.Length != IdempotencyKeyBytes)
        {
            throw new ArgumentException($"An idempotency key has {IdempotencyKeyBytes} bytes, not {idempotencyKey.Length}.", nameof(idempotencyKey));
        }

        var payload = new CommandPayload
        {
            NetworkId = networkId,
            LedgerId = ledgerId,
            OrganizationId = key.OrganizationId,
            IdempotencyKey = ByteString.CopyFrom(idempotencyKey.Span),
            NotAfter = Timestamp.FromDateTimeOffset(NotAfter()),
            SchemaVersion = SchemaVersion,
        };
        setBody(payload);
        return payload.BodyCase != CommandPayload.BodyOneofCase.None
            ? payload.ToByteArray()
            : throw new ArgumentException("The body was not set.", nameof(setBody));
    }
}
