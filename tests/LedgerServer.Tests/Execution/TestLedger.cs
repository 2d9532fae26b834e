using System.Security.Cryptography;
using System.Text;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Membership;
using KpGrpc.MerkleLog.Hashing;

namespace KpGrpc.LedgerServer.Tests.Execution;

/// <summary>An engine with a small genesis, driven command by command at a time that only a test moves.</summary>
internal sealed class TestLedger(Genesis? genesis = null)
{
    public const long Start = 1_700_000_000_000_000;

    private uint _nextKey = 1;

    public LedgerEngine Engine { get; } = new(genesis ?? NewGenesis(), new SampleSignatures());

    public LedgerState State => Engine.State;

    public long Now { get; set; } = Start;

    public static Genesis NewGenesis() => new()
    {
        NetworkId = "test-net",
        LedgerId = "main",
        Currencies = [new("EUR", 2), new("JPY", 0)],
        Organizations =
        [
            Organization("op", Role.Operator),
            Organization("plat", Role.Platform),
            Organization("plat2", Role.Platform),
            Organization("prod", Role.Producer),
            Organization("prod2", Role.Producer),
            Organization("tech", Role.Technology),
            Organization("pay", Role.PaymentProvider),
            Organization("aud", Role.Auditor),
            Organization("reg", Role.Regulator),
        ],
    };

    public static OrganizationDefinition Organization(string id, params Role[] roles) => new()
    {
        OrganizationId = id,
        DisplayName = "Organisation " + id,
        Roles = roles,
        Keys = [Key("k-" + id)],
    };

    public static KeyDefinition Key(string id, params Role[] roles) =>
        new() { KeyId = id, Algorithm = KeyAlgorithm.Ed25519, PublicKey = new byte[32], Roles = roles };

    public static Hash256 Hash(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public Command Command(string organizationId, CommandBody body)
    {
        var number = _nextKey++;
        return new Command
        {
            OrganizationId = organizationId,
            KeyId = "k-" + organizationId,
            IdempotencyKey = new IdempotencyKey(number),
            NotAfterMicros = Now + EngineLimits.WindowMicrosMax,
            PayloadHash = Hash("payload " + number),
            CommandHash = Hash("command " + number),
            Body = body,
        };
    }

    public Receipt Run(Command command)
    {
        var outcome = Engine.Execute(command, State.NextSequence, Now);
        return Assert.IsType<Executed>(outcome).Receipt;
    }

    public Receipt Accept(string organizationId, CommandBody body)
    {
        var receipt = Run(Command(organizationId, body));
        Assert.True(receipt.Rejection is null, $"{receipt.Rejection}");
        return receipt;
    }

    /// <summary>Asserts the reason, a message that the contract allows, and that nothing but the order changed.</summary>
    public Rejection Refuse(RejectionReason reason, string organizationId, CommandBody body) =>
        Refuse(reason, Command(organizationId, body));

    public Rejection Refuse(RejectionReason reason, Command command)
    {
        var before = StateText.Of(State);
        var receipt = Run(command);
        Assert.NotNull(receipt.Rejection);
        Assert.True(reason == receipt.Rejection.Reason, $"expected {reason}, got {receipt.Rejection}");
        Assert.InRange(Encoding.UTF8.GetByteCount(receipt.Rejection.Message), 1, Rejection.MessageBytesMax);
        Assert.Empty(receipt.Effects);
        Assert.Equal(before, StateText.Of(State));
        return receipt.Rejection;
    }
}
