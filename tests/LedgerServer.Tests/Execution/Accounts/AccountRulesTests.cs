using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;

namespace KpGrpc.LedgerServer.Tests.Execution.Accounts;

public sealed class AccountRulesTests
{
    [Theory]
    [InlineData((int)AccountKind.Wallet, (int)Direction.Debit, 10, 10, 0, 0, (int)RejectionReason.None)]
    [InlineData((int)AccountKind.Wallet, (int)Direction.Debit, 11, 10, 0, 0, (int)RejectionReason.InsufficientFunds)]
    [InlineData((int)AccountKind.Wallet, (int)Direction.Debit, 9, 10, 2, 0, (int)RejectionReason.InsufficientFunds)]
    [InlineData((int)AccountKind.Wallet, (int)Direction.Debit, 12, 10, 3, 5, (int)RejectionReason.None)]
    [InlineData((int)AccountKind.Wallet, (int)Direction.Debit, 12, 10, 4, 5, (int)RejectionReason.InsufficientFunds)]
    [InlineData((int)AccountKind.Clearing, (int)Direction.Debit, 99, 0, 0, 0, (int)RejectionReason.None)]
    [InlineData((int)AccountKind.Clearing, (int)Direction.Credit, 10, 10, 0, 0, (int)RejectionReason.None)]
    [InlineData((int)AccountKind.Clearing, (int)Direction.Credit, 10, 11, 0, 0, (int)RejectionReason.InsufficientFunds)]
    public void Check_Overdraft_CountsHolds(
        int kind, int direction, int debits, int credits, int debitsHeld, long overdraft, int reason)
    {
        var totals = new AccountTotals((UInt128)debits, (UInt128)credits, (UInt128)debitsHeld, 0);

        var rejection = AccountRules.Check(
            "account_id", Account((AccountKind)kind, new AccountLimits(overdraft, 0)), totals, (Direction)direction);

        Assert.Equal((RejectionReason)reason, rejection?.Reason ?? RejectionReason.None);
    }

    [Theory]
    [InlineData(100, 0, 0, (int)RejectionReason.None)]
    [InlineData(101, 0, 0, (int)RejectionReason.BalanceLimitExceeded)]
    [InlineData(100, 0, 1, (int)RejectionReason.BalanceLimitExceeded)]
    [InlineData(150, 50, 0, (int)RejectionReason.None)]
    public void Check_BalanceMax_CountsHolds(int credits, int debits, int creditsHeld, int reason)
    {
        var totals = new AccountTotals((UInt128)debits, (UInt128)credits, 0, (UInt128)creditsHeld);
        var account = Account(AccountKind.Wallet, new AccountLimits(0, 100));

        var rejection = AccountRules.Check("account_id", account, totals, Direction.Credit);

        Assert.Equal((RejectionReason)reason, rejection?.Reason ?? RejectionReason.None);
    }

    [Fact]
    public void Check_SumAboveWhatMoneyCanShow_IsOverflow()
    {
        var totals = new AccountTotals(0, EngineLimits.AccountTotalMax + 1, 0, 0);

        var rejection = AccountRules.Check("account_id", Account(AccountKind.Wallet, default), totals, Direction.Credit);

        Assert.Equal(RejectionReason.AmountOverflow, rejection?.Reason);
    }

    private static Account Account(AccountKind kind, AccountLimits limits) => new()
    {
        AccountId = "account",
        Owner = AccountOwner.Organization("plat"),
        Kind = kind,
        CurrencyCode = "EUR",
        Exponent = 2,
        Limits = limits,
        OpenedAtSequence = 0,
        OpenedByOrganizationId = "plat",
    };
}
