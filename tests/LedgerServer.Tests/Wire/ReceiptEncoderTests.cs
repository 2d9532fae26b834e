using System.Security.Cryptography;

using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Tests.Execution;
using KpGrpc.LedgerServer.Wire;

using LedgerProto = KpGrpc.Protos.Ledger.V1;

namespace KpGrpc.LedgerServer.Tests.Wire;

/// <summary>Golden: a receipt's bytes are a leaf for ever.</summary>
public sealed class ReceiptEncoderTests
{
    private static readonly ReceiptEncoder Encoder = new("test-net", "main");

    [Fact]
    public void Encode_RejectedReceipt_IsFrozen()
    {
        var leaf = Encoder.Encode(new Receipt
        {
            Sequence = 7,
            OrderedAtMicros = 1_700_000_000_000_001,
            CommandHash = default,
            OrganizationId = "org",
            KeyId = "k",
            IdempotencyKey = new IdempotencyKey(5),
            Kind = CommandKind.Transfer,
            Rejection = new Rejection(RejectionReason.UnknownAccount, "no"),
            Effects = [],
            EngineVersion = 1,
        });

        Assert.Equal(
            "0801" + "1208746573742d6e6574" + "1a046d61696e" + "2007" + "2a0908" + "80e2cfaa06" + "10e807" + "3220" + new string('0', 64)
            + "3a036f7267" + "42016b" + "4a10" + "00000000000000000000000000000005" + "509303" + "5802" + "603c" + "6a026e6f" + "7801",
            Convert.ToHexStringLower(leaf));
    }

    [Fact]
    public void Encode_ReceiptsOfASale_AreFrozen()
    {
        var ledger = SampleCommands.ReadyToSell();
        var leaf = Encoder.Encode(ledger.Accept("plat", SampleCommands.Purchase()));

        var receipt = LedgerProto.Receipt.Parser.ParseFrom(leaf);
        Assert.Equal(LedgerProto.ReceiptStatus.Accepted, receipt.Status);
        Assert.Equal(10_007, receipt.Effects.Single(effect => effect.PurchaseMade is not null).PurchaseMade.Split.Lines.Sum(line => line.Amount.MinorUnits));
        Assert.Equal("0917a2608792297510598ae23af9c4b447e21e16c23529c9b09baef087af0fa7", Convert.ToHexStringLower(SHA256.HashData(leaf)));
    }
}
