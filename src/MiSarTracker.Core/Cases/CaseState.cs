namespace MiSarTracker.Core.Cases;

/// <summary>
/// Where a case stands, in the order in which it moves. The case's state is derived from its controllers
/// (<see cref="Case.State"/>) until it is closed or erased; README.md in this folder has the picture.
/// </summary>
public enum CaseState
{
    /// <summary>Nothing went out yet.</summary>
    Draft,

    /// <summary>A mail server took the request; when the controller received it is not fixed.</summary>
    Sent,

    /// <summary>The day of receipt is fixed: the clock runs.</summary>
    Waiting,

    /// <summary>The controller itself confirmed that it received the request; the clock runs.</summary>
    Received,

    /// <summary>The controller extended in time; the longer clock runs.</summary>
    Extended,

    /// <summary>A question of the controller waits for the person's answer: whether the clock stands still depends on the law, and nobody is called late.</summary>
    Paused,

    /// <summary>A part of the answer came; the clock runs on for the rest.</summary>
    AnsweredInPart,

    /// <summary>The clock ran out and a reminder letter went out.</summary>
    Reminded,

    /// <summary>A complaint lies with an authority.</summary>
    Complained,

    /// <summary>Every controller in play answered, refused, or said that it is not the controller.</summary>
    Answered,

    /// <summary>Never stored: a clock ran out without an answer. See <see cref="Case.StateOn"/>.</summary>
    Overdue,

    /// <summary>The person closed the case with an outcome; it can be reopened.</summary>
    Closed,

    /// <summary>All personal data of the case is gone; its reference and the ledger's chain remain.</summary>
    Erased,
}

/// <summary>Where one controller of a case stands.</summary>
public enum ControllerState
{
    Draft,
    Sent,
    Waiting,
    Received,
    Extended,
    Answered,
    Refused,
    NotController,
    Paused,
    AnsweredInPart,
    Reminded,
}

/// <summary>How a case ended, in the person's judgement.</summary>
public enum CaseOutcome
{
    Satisfied,
    PartlySatisfied,
    Refused,
    NoAnswer,
    NotController,
    Complaint,
    Withdrawn,

    /// <summary>The authority did not act on the complaint.</summary>
    AuthorityDeclined,

    /// <summary>The authority found for the complaint.</summary>
    AuthorityUpheld,
}
