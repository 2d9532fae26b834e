using System.Security.Cryptography;

using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

using Grpc.Core;

using KpGrpc.Protos.Audit.V1;
using KpGrpc.Protos.Ledger.V1;
using KpGrpc.Protos.Payment.V1;
using KpGrpc.Protos.Type.V1;

namespace KpGrpc.Gateway.Tests.Fakes;

/// <summary>A ledger in memory: enough of its rules to walk a purchase through, and switches to misbehave.</summary>
public sealed class FakeLedger
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string, ByteString), Receipt> byKey = [];

    /// <summary>Gets the prices of works on sale, by work id.</summary>
    public Dictionary<string, long> Prices { get; } = [];

    /// <summary>Gets the balances of open accounts.</summary>
    public Dictionary<string, long> Balances { get; } = [];

    /// <summary>Gets every entry.</summary>
    public List<(Receipt Receipt, SignedCommand Command)> Entries { get; } = [];

    /// <summary>Gets every command as it came.</summary>
    public List<SignedCommand> Submitted { get; } = [];

    /// <summary>Gets or sets a value indicating whether nothing is answered.</summary>
    public bool IsAway { get; set; }

    /// <summary>Gets or sets what a submission waits for after it was executed; null: nothing.</summary>
    public TaskCompletionSource? HoldAnswers { get; set; }

    /// <summary>Gets or sets the reason for which the next purchase is rejected.</summary>
    public RejectionReason RejectNext { get; set; }

    /// <summary>Gets or sets what Submit fails with before ordering; null: nothing.</summary>
    public RpcException? FailSubmit { get; set; }

    public void ThrowIfAway()
    {
        if (IsAway)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "away"), new Metadata { { "bare", "1" } });
        }
    }

    public (Receipt Receipt, bool Replayed) Execute(SignedCommand command)
    {
        lock (gate)
        {
            Submitted.Add(command);
            var payload = CommandPayload.Parser.ParseFrom(command.Payload);
            var key = (payload.OrganizationId, payload.IdempotencyKey);
            if (byKey.TryGetValue(key, out var earlier))
            {
                return Hash(command).Equals(earlier.CommandHash)
                    ? (earlier, true)
                    : throw new RpcException(new Status(StatusCode.AlreadyExists, "other payload"));
            }

            var receipt = new Receipt
            {
                SchemaVersion = 1,
                LedgerId = payload.LedgerId,
                Sequence = (ulong)Entries.Count,
                OrderedAt = new Timestamp { Seconds = 1_700_000_000 + Entries.Count },
                CommandHash = Hash(command),
                OrganizationId = payload.OrganizationId,
                IdempotencyKey = payload.IdempotencyKey,
            };
            var reason = Apply(payload, receipt);
            receipt.Status = reason == RejectionReason.Unspecified ? ReceiptStatus.Accepted : ReceiptStatus.Rejected;
            receipt.RejectionReason = reason;
            byKey[key] = receipt;
            Entries.Add((receipt, command));
            return (receipt, false);
        }
    }

    public Receipt? Find(string organizationId, ByteString key)
    {
        lock (gate)
        {
            return byKey.GetValueOrDefault((organizationId, key));
        }
    }

    public ReceiptProof Prove(Receipt receipt) => new()
    {
        Leaf = receipt.ToByteString(),
        LeafIndex = receipt.Sequence,
        Checkpoint = $"fake.example/log\n{Entries.Count}\nAAAA\n\n— sig\n",
        TlogProof = "c2sp.org/tlog-proof@v1\n",
    };

    private static ByteString Hash(SignedCommand command) =>
        ByteString.CopyFrom(SHA256.HashData([.. command.Payload, .. command.Signature]));

    private RejectionReason Apply(CommandPayload payload, Receipt receipt)
    {
        switch (payload.BodyCase)
        {
            case CommandPayload.BodyOneofCase.OpenAccount:
                if (!Balances.TryAdd(payload.OpenAccount.AccountId, 0))
                {
                    return RejectionReason.AlreadyExists;
                }

                receipt.Effects.Add(new Effect { AccountOpened = new AccountOpened { Account = new Account { AccountId = payload.OpenAccount.AccountId, Owner = payload.OpenAccount.Owner } } });
                return RejectionReason.Unspecified;
            case CommandPayload.BodyOneofCase.Deposit:
                Balances[payload.Deposit.AccountId] += payload.Deposit.Amount.MinorUnits;
                receipt.Effects.Add(new Effect { Posting = new Posting { AccountId = payload.Deposit.ClearingAccountId, Direction = Direction.Debit, Amount = payload.Deposit.Amount } });
                receipt.Effects.Add(new Effect { Posting = new Posting { AccountId = payload.Deposit.AccountId, Direction = Direction.Credit, Amount = payload.Deposit.Amount } });
                return RejectionReason.Unspecified;
            default:
                return Sell(payload.Purchase, receipt);
        }
    }

    private RejectionReason Sell(Purchase purchase, Receipt receipt)
    {
        if (RejectNext != RejectionReason.Unspecified)
        {
            return RejectNext;
        }

        if (!Balances.TryGetValue(purchase.PayerAccountId, out var balance))
        {
            return RejectionReason.UnknownAccount;
        }

        if (balance < purchase.ExpectedPrice.MinorUnits)
        {
            return RejectionReason.InsufficientFunds;
        }

        Balances[purchase.PayerAccountId] = balance - purchase.ExpectedPrice.MinorUnits;
        var made = new PurchaseMade { PurchaseId = purchase.PurchaseId, WorkId = purchase.WorkId, OfferId = purchase.OfferId, PayerAccountId = purchase.PayerAccountId };
        made.Split = new SplitResult { AgreementId = "agreement-1", Amount = purchase.ExpectedPrice };
        made.Split.Lines.Add(new SplitLine { OrganizationId = "producer-1", Role = Protos.Membership.V1.Role.Producer, Ppm = 1_000_000, Amount = purchase.ExpectedPrice });
        receipt.Effects.Add(new Effect { PurchaseMade = made });
        receipt.Effects.Add(new Effect
        {
            LicenceGranted = new LicenceGranted
            {
                Licence = new Protos.Copyright.V1.Licence
                {
                    LicenceId = purchase.PurchaseId,
                    WorkId = purchase.WorkId,
                    PurchaseId = purchase.PurchaseId,
                    Holder = new Protos.Copyright.V1.LicenceHolder { LearnerPseudonym = purchase.LearnerPseudonym },
                    Status = Protos.Copyright.V1.LicenceStatus.Active,
                    ValidFrom = receipt.OrderedAt,
                },
            },
        });
        return RejectionReason.Unspecified;
    }

    public static Money Yuan(long minorUnits) => new() { MinorUnits = minorUnits, CurrencyCode = "CNY", Exponent = 2 };
}
