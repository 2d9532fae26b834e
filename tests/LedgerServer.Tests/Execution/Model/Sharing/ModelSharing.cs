using KpGrpc.LedgerServer.Execution.Consents;
using KpGrpc.LedgerServer.Execution.Subjects;

namespace KpGrpc.LedgerServer.Tests.Execution.Model.Sharing;

/// <summary>Consents and subjects a second time, naively.</summary>
internal sealed class ModelSharing(ModelState state)
{
    private readonly Dictionary<string, string> _servedBy = [];
    private readonly HashSet<string> _erased = [];
    private readonly HashSet<string> _data = [];
    private readonly HashSet<string> _accesses = [];

    public List<ModelConsent> Consents { get; } = [];

    /// <summary>All that is remembered, for comparison.</summary>
    public string Text =>
        string.Join(';', Consents.Select(c => $"{c.Id} {c.Ended}")) + "|" + string.Join(';', _erased.Order(StringComparer.Ordinal))
        + "|" + string.Join(';', _data.Order(StringComparer.Ordinal)) + "|" + string.Join(';', _accesses.Order(StringComparer.Ordinal));

    public string? Grant(string submitter, GrantConsent body, long now, ulong sequence)
    {
        if (!state.Has(submitter, "Platform"))
        {
            return "RoleMissing";
        }

        var reason = body.ExpiresAtMicros is { } until && until <= now ? "TimeInvalid"
            : Consents.Any(c => c.Id == body.ConsentId) ? "AlreadyExists"
            : !state.Organizations.ContainsKey(body.GranteeOrganizationId) ? "UnknownOrganization"
            : state.Suspended.Contains(body.GranteeOrganizationId) ? "OrganizationSuspended"
            : Served(submitter, body.SubjectPseudonym);
        if (reason is not null)
        {
            return reason;
        }

        _servedBy.TryAdd(body.SubjectPseudonym, submitter);
        Consents.Add(new ModelConsent
        {
            Id = body.ConsentId,
            Subject = body.SubjectPseudonym,
            Grantee = body.GranteeOrganizationId,
            Platform = submitter,
            Covers = [.. body.Purposes.Select(purpose => $"{purpose}"), .. body.Scopes],
            Until = body.ExpiresAtMicros,
        });
        return null;
    }

    public string? Revoke(string submitter, string id, long now, ulong sequence)
    {
        if (!state.Has(submitter, "Platform"))
        {
            return "RoleMissing";
        }

        var consent = Consents.FirstOrDefault(c => c.Id == id);
        if (consent is null)
        {
            return "UnknownConsent";
        }

        if (consent.Platform != submitter)
        {
            return "NotAuthorized";
        }

        if (!consent.Holds(now))
        {
            return "ConsentNotActive";
        }

        consent.Ended = sequence;
        return null;
    }

    public string? Access(string submitter, RecordAccess body, long now)
    {
        var consent = Consents.FirstOrDefault(c => c.Id == body.ConsentId);
        var reason = _accesses.Contains(body.AccessId) ? "AlreadyExists"
            : consent is null ? "UnknownConsent"
            : consent.Grantee != submitter ? "ConsentDoesNotCover"
            : !consent.Holds(now) ? "ConsentNotActive"
            : body.Scopes.Append($"{body.Purpose}").All(consent.Covers.Contains) ? null
            : "ConsentDoesNotCover";
        if (reason is null)
        {
            _accesses.Add(body.AccessId);
        }

        return reason;
    }

    public string? Commit(string submitter, CommitSubjectData body)
    {
        if (!state.Has(submitter, "Platform"))
        {
            return "RoleMissing";
        }

        var name = $"{body.SubjectPseudonym} {body.DataId}";
        var reason = Served(submitter, body.SubjectPseudonym) ?? (_data.Contains(name) ? "AlreadyExists" : null);
        if (reason is null)
        {
            _servedBy.TryAdd(body.SubjectPseudonym, submitter);
            _data.Add(name);
        }

        return reason;
    }

    public string? Erase(string submitter, string subject, long now, ulong sequence)
    {
        if (!state.Has(submitter, "Platform"))
        {
            return "RoleMissing";
        }

        if (!_servedBy.ContainsKey(subject) && !state.Accounts.Values.Any(account => account.Owner == "learner:" + subject && account.Opener == submitter))
        {
            return "UnknownSubject";
        }

        if (Served(submitter, subject) is { } reason)
        {
            return reason;
        }

        _servedBy.TryAdd(subject, submitter);
        _erased.Add(subject);
        foreach (var consent in Consents.Where(c => c.Subject == subject && c.Holds(now)))
        {
            consent.Ended = sequence;
        }

        return null;
    }

    private string? Served(string submitter, string subject)
    {
        if (_erased.Contains(subject))
        {
            return "SubjectErased";
        }

        return _servedBy.TryGetValue(subject, out var platform) && platform != submitter ? "NotAuthorized" : null;
    }
}
