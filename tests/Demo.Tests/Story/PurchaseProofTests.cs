using Google.Protobuf;
using KpGrpc.Demo.Story;
using KpGrpc.Protos.Ledger.V1;
using Xunit;

namespace KpGrpc.Demo.Tests.Story;

public sealed class PurchaseProofTests
{
    [Fact]
    public void Read_RejectedReceipt_IsNoPurchase() =>
        Assert.Throws<DemoException>(() => PurchaseProof.Read(new Receipt { Status = ReceiptStatus.Rejected }.ToByteString()));

    [Fact]
    public void Read_BytesThatAreNoReceipt_SaysSo() =>
        Assert.Contains("no receipt", Assert.Throws<DemoException>(() => PurchaseProof.Read(ByteString.CopyFromUtf8("\u00ff\u00ff"))).Message, StringComparison.Ordinal);
}
