using Google.Protobuf;
using KpGrpc.Demo.Story;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Payment.V1;
using KpGrpc.Protos.Type.V1;
using Xunit;

namespace KpGrpc.Demo.Tests.Story;

public sealed class AmountTamperTests
{
    private static readonly Money Amount = new() { MinorUnits = 2_000, CurrencyCode = "USD", Exponent = 2 };

    [Fact]
    public void Forge_Receipt_ChangesOneByteAndTheAmountAlone()
    {
        var leaf = Leaf();

        var forged = AmountTamper.Forge(leaf, Amount, out var position);

        Assert.Equal([position], Enumerable.Range(0, leaf.Length).Where(index => leaf[index] != forged[index]));
        var made = PurchaseProof.Read(ByteString.CopyFrom(forged));
        Assert.Equal((2_001, "USD", "w-1"), (made.Split.Amount.MinorUnits, made.Split.Amount.CurrencyCode, made.WorkId));
    }

    [Fact]
    public void Forge_LeafWithoutTheAmount_SaysSo()
    {
        var other = new Money { MinorUnits = 1_999, CurrencyCode = "USD", Exponent = 2 };

        Assert.Throws<DemoException>(() => AmountTamper.Forge(Leaf(), other, out _));
    }

    private static byte[] Leaf() => new Receipt
    {
        SchemaVersion = 1,
        Sequence = 7,
        Status = ReceiptStatus.Accepted,
        Effects = { new Effect { PurchaseMade = new PurchaseMade { WorkId = "w-1", Split = new SplitResult { Amount = Amount } } } },
    }.ToByteArray();
}
