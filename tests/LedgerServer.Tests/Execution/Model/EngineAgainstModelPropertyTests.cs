using System.Globalization;
using System.Numerics;
using CsCheck;
using KpGrpc.LedgerServer.Execution;
using KpGrpc.LedgerServer.Execution.Accounts;
using KpGrpc.LedgerServer.Execution.Agreements;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Pools;
using KpGrpc.LedgerServer.Execution.Works;
using KpGrpc.LedgerServer.Tests.Execution.Model.Copyright;
using KpGrpc.LedgerServer.Tests.Execution.Model.Pools;
using KpGrpc.LedgerServer.Tests.Execution.Snapshots;
using KpGrpc.LedgerServer.Wire;
using KpGrpc.Testing;

namespace KpGrpc.LedgerServer.Tests.Execution.Model;

public sealed class EngineAgainstModelPropertyTests
{
    // About 30 commands each: a soak run executes a million.
    private static readonly int Sequences = TestScale.Of(always: 10_000, soak: 34_000);

    // Twists of 60 below this stay as random as they came.
    private const int Aimed = 20;

    private static readonly ReceiptEncoder Encoder = new("test-net", "main");

    [Fact]
    public void Execute_RandomSequences_AgreeWithTheModelAfterEveryCommand() =>
        CommandGen.Steps.Array[1, 60].Sample(steps => Run(steps), iter: Sequences, threads: 1);

    [Fact]
    public void Execute_TwiceAndUnderAnotherCultureAndTimeZone_GivesEqualReceipts() =>
        CommandGen.Steps.Array[1, 40].Sample(
            steps =>
            {
                var culture = CultureInfo.CurrentCulture;
                var zone = Environment.GetEnvironmentVariable("TZ");
                var first = Run(steps);
                try
                {
                    CultureInfo.CurrentCulture = Strange();
                    MoveTo("Pacific/Chatham");
                    Assert.Equal(first, Run(steps));
                }
                finally
                {
                    CultureInfo.CurrentCulture = culture;
                    MoveTo(zone);
                }
            },
            iter: 200,
            threads: 1);

    private static List<string> Run(Step[] steps)
    {
        var ledger = new TestLedger();
        var model = new ReferenceModel();
        var book = new PostingBook();
        var sent = new List<Command>();
        Begin(ledger, model, book);
        var receipts = new List<string>();
        LedgerEngine? restarted = null;
        for (var i = 0; i < steps.Length; i++)
        {
            var step = steps[i];
            restarted ??= i == steps.Length / 2 ? Restart(ledger.State) : null;
            ledger.Now += step.QuarterDaysLater * OrderTime.MicrosPerDay / 4;
            var command = Twist(ledger, step, sent);
            sent.Add(command);
            var before = StateText.Of(ledger.State);

            var outcome = ledger.Engine.Execute(command, ledger.State.NextSequence, ledger.Now);

            Assert.Equal(model.Execute(command, ledger.Now), Describe(outcome));
            if (outcome is Executed)
            {
                book.Take(ledger.State);
            }

            Compare(model, ledger.State, book);
            receipts.Add(CheckOutcome(outcome, before, ledger.State, model));
            CheckRestarted(restarted, command, ledger, outcome);
        }

        Assert.Equal(StateText.Of(ledger.State), StateText.Of(restarted!.State));
        Assert.Equal(StateBytes.Of(ledger.State), StateBytes.Of(restarted.State));
        return receipts;
    }

    // A second engine, loaded from a snapshot in the middle, must go on as the first does.
    private static LedgerEngine Restart(LedgerState state)
    {
        var restarted = StateBytes.Load(StateBytes.Of(state));
        Assert.Equal(StateText.Of(state), StateText.Of(restarted.State));
        return restarted;
    }

    private static void CheckRestarted(LedgerEngine? restarted, Command command, TestLedger ledger, Outcome expected)
    {
        if (restarted is null)
        {
            return;
        }

        var outcome = restarted.Execute(command, restarted.State.NextSequence, ledger.Now);
        if (outcome is Executed { Receipt: var receipt } && expected is Executed { Receipt: var first })
        {
            Assert.Equal(Encoder.Encode(first), Encoder.Encode(receipt));
        }
        else
        {
            Assert.Equal(expected, outcome);
        }
    }

    // Both execute the same opening commands.
    private static void Begin(TestLedger ledger, ReferenceModel model, PostingBook book)
    {
        foreach (var (by, body) in Opening())
        {
            var command = ledger.Command(by, body);
            Assert.Null(ledger.Run(command).Rejection);
            Assert.Equal("executed:None", model.Execute(command, ledger.Now));
            book.Take(ledger.State);
        }
    }

    private static IEnumerable<(string By, CommandBody Body)> Opening() =>
    [
        ("pay", SampleCommands.Clearing()), ("plat", SampleCommands.Wallet()), ("pay", SampleCommands.Deposit(50_000)),
        ("prod", SampleCommands.Work()), ("prod", SampleCommands.Offer()), ("prod", GuaranteedAgreement()),
        ("plat", SampleCommands.Acceptance()), ("tech", SampleCommands.Acceptance()), ("op", SampleCommands.Acceptance()),
        ("plat", SampleCommands.OwnWallet("plat")), ("pay", SampleCommands.Deposit(50_000, "ref-plat", "plat-wallet")),
        ("op", PoolCommands.Period("p0", 0, 1)), ("plat", PoolCommands.Pool("pool2", PoolMethod.UserCentric)), ("plat", PoolCommands.Pool()),
        ("prod", DerivedWork()), ("prod", SampleCommands.Offer("offer2", "work2", 9_999)),
    ];

    private static RegisterWork DerivedWork()
    {
        var work = SampleCommands.Work("work2");
        return work with { Work = work.Work with { Ancestors = [new Ancestor("work", 300_000)] } };
    }

    // The technology provider is guaranteed more than most periods bring.
    private static ProposeAgreement GuaranteedAgreement() => PoolCommands.Agreement().With(terms => terms with
    {
        Splits = [terms.Splits[0], terms.Splits[1] with
        {
            Parties = [.. terms.Splits[1].Parties.Select(party => party.OrganizationId == "tech"
                ? party with { MinimumGuarantee = SampleCommands.Eur(150), GuarantorOrganizationId = "plat" }
                : party)],
        }],
    });

    private static Command Twist(TestLedger ledger, Step step, List<Command> sent)
    {
        var (by, body) = step.Twist >= Aimed ? Aim.At(ledger.State, step) : (step.By, step.Body);
        var command = ledger.Command(by, body);
        var earlier = sent.Count > step.Back ? sent[^(step.Back + 1)] : command;
        return step.Twist switch
        {
            0 => earlier,
            1 => command with { OrganizationId = earlier.OrganizationId, IdempotencyKey = earlier.IdempotencyKey },
            2 => command with { KeyId = "k-op" },
            3 => command with { KeyId = "k-none" },
            4 => command with { NotBeforeMicros = ledger.Now + 1 },
            5 => command with { NotAfterMicros = ledger.Now - 1 },
            6 => command with { NotBeforeMicros = ledger.Now, NotAfterMicros = ledger.Now },
            7 => command with { NotAfterMicros = ledger.Now + EngineLimits.WindowMicrosMax + 1 },
            _ => command,
        };
    }

    private static string Describe(Outcome outcome) => outcome switch
    {
        Executed { Receipt: var receipt } => $"executed:{receipt.Rejection?.Reason ?? RejectionReason.None}",
        Replayed replayed => $"replayed:{replayed.FirstSequence}",
        Conflict conflict => $"conflict:{conflict.FirstSequence}",
        _ => throw new InvalidOperationException("No such outcome."),
    };

    private static string CheckOutcome(Outcome outcome, string before, LedgerState state, ReferenceModel model)
    {
        if (outcome is not Executed { Receipt: var receipt })
        {
            Assert.Equal(before, StateText.Of(state));
            return $"{outcome}";
        }

        Assert.Equal(state.NextSequence - 1, receipt.Sequence);
        if (receipt.Rejection is not null)
        {
            Assert.Empty(receipt.Effects);
            Assert.Equal(before, StateText.Of(state));
        }

        foreach (var currency in receipt.Effects.OfType<Posting>().GroupBy(posting => (posting.Amount.CurrencyCode, posting.State)))
        {
            Assert.Equal(
                0, currency.Sum(p => (decimal)p.Amount.MinorUnits * (p.Direction == Direction.Debit ? 1 : -1)));
        }

        foreach (var made in receipt.Effects.OfType<TransfersMade>())
        {
            Assert.Equal(
                model.State.TransferOutcomes, made.Outcomes.ToArray().Select(outcome => $"{outcome.Refused} {outcome.FirstSequence}"));
        }

        foreach (var made in receipt.Effects.OfType<PurchaseMade>())
        {
            Assert.Equal(
                model.State.PurchaseParts[made.PurchaseId],
                made.Split.Lines.Select(line => (BigInteger)line.Amount.MinorUnits));
            Assert.Equal(made.Split.Amount.MinorUnits, made.Split.Lines.Sum(line => line.Amount.MinorUnits));
        }

        foreach (var revenue in receipt.Effects.OfType<RevenueSplit>())
        {
            Assert.Equal(
                model.State.RevenueParts[revenue.RevenueId],
                revenue.Split.Lines.Select(line => (BigInteger)line.Amount.MinorUnits));
        }

        PoolComparison.Compare(model, receipt);
        return StateText.Of(receipt);
    }

    private static void Compare(ReferenceModel model, LedgerState state, PostingBook book)
    {
        Assert.Equal(model.Next, state.NextSequence);
        Assert.Equal((int)model.Next, state.Idempotency.Count);
        Assert.Equal(model.State.Accounts.Count, state.Accounts.All.Count);
        foreach (var (id, expected) in model.State.Accounts)
        {
            var actual = state.Accounts.Find(id)!;
            Assert.Equal(expected.Debits, (BigInteger)actual.Totals.DebitsPosted);
            Assert.Equal(expected.Credits, (BigInteger)actual.Totals.CreditsPosted);
            Assert.Equal(
                model.Book.Held(expected, null), ((BigInteger)actual.Totals.DebitsHeld, (BigInteger)actual.Totals.CreditsHeld));
            Assert.True(
                AccountRules.IsDebitNormal(actual.Account.Kind) || expected.IsBeyondLimits
                || expected.Credits + actual.Account.Limits.OverdraftMinorUnits >= expected.Debits);
            book.Check(actual);
        }

        Assert.All(state.Accounts.TrialBalance, line => Assert.True(line.IsBalanced));
        Assert.Equal(model.State.Licences.Count, state.Licences.Count);
        foreach (var (id, expected) in model.State.Licences)
        {
            var actual = state.Licences.Find(id)!;
            Assert.Equal(
                (expected.Holder, expected.Work, expected.From, expected.Until, expected.Revoked),
                (ModelLicence.NameOf(actual.Holder), actual.WorkId, actual.ValidFromMicros, actual.ValidUntilMicros, actual.RevokedAtSequence is not null));
        }

        Assert.Equal(
            model.State.Holds.Select(hold => $"{hold.Id} {hold.Status} {hold.Captured} {hold.Remaining}"),
            state.Holds.All.Select(hold =>
                $"{hold.HoldId} {hold.Status} {hold.CapturedMinorUnits} {hold.Remaining.MinorUnits}"));
        Assert.Equal(model.State.RefundIds.Order(StringComparer.Ordinal), state.Refunds.All.Select(r => r.RefundId).Order(StringComparer.Ordinal));
        foreach (var (id, sale) in model.State.Sales)
        {
            var refunds = state.Refunds.OfPurchase(id);
            Assert.All(sale.Remaining.Zip(sale.Received), pair => Assert.InRange(pair.First, 0, pair.Second.Amount));
            Assert.Equal(
                sale.Remaining.Zip(sale.Received, (left, received) => received.Amount - left),
                sale.Remaining.Select((_, i) => refunds.Aggregate(BigInteger.Zero, (sum, r) => sum + r.Split.Lines[i].Amount.MinorUnits)));
        }

        CompareRights(model, state);
        PoolComparison.Compare(model, state);
        Assert.Equal(
            model.Sharing.Text,
            string.Join(';', state.Consents.All.Select(c => $"{c.ConsentId} {c.EndedAtSequence}"))
            + "|" + string.Join(';', state.Subjects.All.Where(s => s.ErasedAtSequence is not null).Select(s => s.Pseudonym).Order(StringComparer.Ordinal))
            + "|" + string.Join(';', state.Subjects.Data.Select(d => $"{d.SubjectPseudonym} {d.DataId}").Order(StringComparer.Ordinal))
            + "|" + string.Join(';', state.Accesses.All.Select(a => a.AccessId).Order(StringComparer.Ordinal)));
    }

    private static void CompareRights(ReferenceModel model, LedgerState state)
    {
        Assert.Equal(
            model.State.Agreements.OrderBy(a => a.Key, StringComparer.Ordinal)
                .SelectMany(a => a.Value.Select((v, i) => $"{a.Key} {i + 1} {v.Status} {v.Accepted.Count}")),
            state.Agreements.All.Select(v =>
                $"{v.Terms.AgreementId} {v.Terms.Version} {v.Status} {v.Acceptances.Count}").Order(StringComparer.Ordinal));
        Assert.Equal(
            model.State.Works.OrderBy(work => work.Key, StringComparer.Ordinal)
                .Select(work => $"{work.Key} {string.Join(' ', work.Value.Owners)}"),
            state.Works.All.OrderBy(work => work.Details.WorkId, StringComparer.Ordinal)
                .Select(work => $"{work.Details.WorkId} {string.Join(' ', work.Details.Owners.Select(o => (o.OrganizationId, (long)o.Ppm)))}"));
        Assert.Equal(
            model.State.Offers.Select(o => $"{o.Key} {o.Value.Withdrawn}").Order(StringComparer.Ordinal),
            state.Offers.All.Select(o => $"{o.Details.OfferId} {o.WithdrawnAtSequence is not null}")
                .Order(StringComparer.Ordinal));
        Assert.Equal(
            model.State.Disputes.Select(d => $"{d.Key} {d.Value.Status} {string.Join(' ', d.Value.Escrow.Select(e => $"{e.Key} {e.Value}").Order(StringComparer.Ordinal))}"),
            state.Disputes.All.Select(d =>
                $"{d.DisputeId} {d.Status} {string.Join(' ', state.Disputes.EscrowOf(d.DisputeId).Select(e => $"{e.Amount.CurrencyCode} {e.OrganizationId} {e.Amount.MinorUnits}").Order(StringComparer.Ordinal))}"));
        Assert.Equal(
            model.State.Disputes.SelectMany(d => d.Value.Paid.SelectMany(c => c.Value.Where(o => o.Amount > 0).Select(o => $"{d.Key} {c.Key} {o.Organization} {o.Amount}"))).Order(StringComparer.Ordinal),
            state.Disputes.All.SelectMany(d => state.Disputes.PaidOf(d.DisputeId).Select(p =>
                $"{d.DisputeId} {p.Amount.CurrencyCode} {p.OrganizationId} {p.Amount.MinorUnits}")).Order(StringComparer.Ordinal));
        Assert.Equal(model.State.Organizations.Count, state.Membership.Organizations.Count);
        Assert.Equal(model.State.KeyOwners.Count, state.Membership.Keys.Count);
        Assert.Equal(model.State.Currencies.Count, state.Currencies.All.Count);
    }

    private static void MoveTo(string? zone)
    {
        Environment.SetEnvironmentVariable("TZ", zone);
        TimeZoneInfo.ClearCachedData();
    }

    // Signs, digits' grouping and separators that would show in any text formatted by the culture.
    private static CultureInfo Strange()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NegativeSign = "minus";
        culture.NumberFormat.NumberGroupSeparator = "_";
        culture.NumberFormat.NumberDecimalSeparator = ";";
        culture.DateTimeFormat.DateSeparator = "*";
        return culture;
    }
}
