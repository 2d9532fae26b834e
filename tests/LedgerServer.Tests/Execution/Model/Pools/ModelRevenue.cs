using System.Numerics;
using KpGrpc.LedgerServer.Tests.Execution.Model.Agreements;
using KpGrpc.LedgerServer.Tests.Execution.Model.Copyright;
using KpGrpc.LedgerServer.Tests.Execution.Model.Payments;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Pools;

/// <summary>Revenue of one or more works that one command pays out: tried together, then made together.</summary>
internal sealed class ModelRevenue(ModelState state, ModelBook book, string submitter, string currency, long now)
{
    private readonly ModelRoyalties _royalties = new(state);
    private readonly Dictionary<string, ModelAccount> _opened = [];
    private readonly List<ModelLine> _lines = [];
    private readonly List<ModelPart> _frozen = [];

    /// <summary>The parts of a work's revenue: those of the split's parties first, then royalties.</summary>
    public List<ModelPart> Divide(string work, ModelSplit split, BigInteger amount) =>
        _royalties.Lines(work, [.. split.Parties.Select(p => (p.Organization, p.Role == "Producer"))], split.Divide(amount));

    /// <summary>Adds the debit that pays the parts, and their credits; the first reason that forbids one.</summary>
    public string? Pay(ModelAccount debit, BigInteger amount, List<ModelPart> parts)
    {
        if (amount == 0)
        {
            return null;
        }

        _lines.Add(new ModelLine(debit, true, amount));
        foreach (var part in parts.Where(part => part.Amount > 0))
        {
            _lines.Add(new ModelLine(AccountOf(part), false, part.Amount));
            _frozen.AddRange(part.Dispute is null ? [] : [part]);
        }

        return book.Try(_lines, now);
    }

    public void Commit()
    {
        Assert.Null(book.Post(_lines, now));
        foreach (var (id, account) in _opened)
        {
            state.Accounts.Add(id, account);
        }

        foreach (var part in _frozen)
        {
            var escrow = state.Disputes[part.Dispute!].Escrow;
            var key = currency + " " + part.Organization;
            escrow[key] = escrow.GetValueOrDefault(key) + part.Amount;
        }
    }

    private ModelAccount AccountOf(ModelPart part)
    {
        var id = part.Dispute is null ? $"revenue/{part.Organization}/{currency}" : $"escrow/{part.Dispute}/{currency}";
        if (state.Accounts.TryGetValue(id, out var account) || _opened.TryGetValue(id, out account))
        {
            return account;
        }

        _opened.Add(id, account = new ModelAccount
        {
            Owner = "org:" + (part.Dispute is null ? part.Organization : state.Works[state.Disputes[part.Dispute].Work].Registrant),
            Kind = part.Dispute is null ? "Revenue" : "Escrow",
            Currency = currency,
            Opener = submitter,
        });
        return account;
    }
}
