using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Currencies;

namespace KpGrpc.LedgerServer.Tests.Execution.Currencies;

public sealed class DeclareCurrencyHandlerTests
{
    [Fact]
    public void DeclareCurrency_ByApprover_CanBeUsed()
    {
        var ledger = new TestLedger();

        ledger.Accept("op", new DeclareCurrency(new CurrencyDefinition("KWD", 3)));

        ledger.Accept("plat", SampleCommands.Wallet() with { CurrencyCode = "KWD", Exponent = 3 });
    }

    [Fact]
    public void DeclareCurrency_Faults_AreRefused()
    {
        var ledger = new TestLedger();

        ledger.Refuse(RejectionReason.RoleMissing, "plat", new DeclareCurrency(new CurrencyDefinition("USD", 2)));
        ledger.Refuse(RejectionReason.Malformed, "op", new DeclareCurrency(new CurrencyDefinition("usd", 2)));
        ledger.Refuse(RejectionReason.Malformed, "op", new DeclareCurrency(new CurrencyDefinition("USD", 9)));
        ledger.Refuse(RejectionReason.AlreadyExists, "op", new DeclareCurrency(new CurrencyDefinition("EUR", 2)));
    }
}
