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
}
