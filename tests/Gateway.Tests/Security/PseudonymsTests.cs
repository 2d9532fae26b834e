using CsCheck;

using KpGrpc.Gateway.Security;

namespace KpGrpc.Gateway.Tests.Security;

public sealed class PseudonymsTests
{
    private static readonly Pseudonyms Ours = new([.. Enumerable.Range(0, 32).Select(value => (byte)value)]);

    [Fact]
    public void OnLedger_AnyLearner_Is64LowerHexAndNeverContainsHerId() =>
        Gen.Char["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:/-"].Array[1, 128].Sample(characters =>
        {
            var id = new string(characters);
            var pseudonym = Ours.OnLedger("main", id);
            Assert.Matches("^[0-9a-f]{64}$", pseudonym);
            Assert.NotEqual(id, pseudonym);
            // A short id of hexadecimal digits stands somewhere in any 64 of them: that tells nothing.
            if (id.Length > 6)
            {
                Assert.DoesNotContain(id, pseudonym, StringComparison.OrdinalIgnoreCase);
            }
        });

    [Fact]
    public void OnLedger_KnownInput_StaysTheSame()
    {
        // Wallets hang on it: a change here would give every learner an empty one.
        Assert.Equal(Ours.OnLedger("main", "alice"), Ours.OnLedger("main", "alice"));
        Assert.Equal("c5e8f3bad9aa4f2d66b2b8bcc0fe80c92505fb6426e5b52255da178cedb626f2", Ours.OnLedger("main", "alice"));
    }

    [Fact]
    public void OnLedger_OtherLedgerLearnerOrSecret_Differs()
    {
        string[] all =
        [
            Ours.OnLedger("main", "alice"),
            Ours.OnLedger("main", "bob"),
            Ours.OnLedger("other", "alice"),
            Ours.OnLedger("mainal", "ice"),
            Ours.InCache("alice"),
            new Pseudonyms(new byte[32]).OnLedger("main", "alice"),
        ];
        Assert.Equal(all.Length, all.Distinct().Count());
    }
}
