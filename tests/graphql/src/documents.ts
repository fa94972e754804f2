// The documents of the walk-through.

import { graphql } from "./generated/gql.js";

export const register = graphql(`
  mutation Register($input: RegisterUserInput!) { registerUser(input: $input) { account { id email } } }
`);
export const verify = graphql(`
  mutation Verify($token: String!) { verifyEmail(input: { token: $token }) { done } }
`);
export const logIn = graphql(`
  mutation LogIn($input: LogInInput!) { logIn(input: $input) { accessToken expiresIn } }
`);
export const create = graphql(`
  mutation Create($title: String!) { createProperty(input: { title: $title }) { property { id status } } }
`);
export const update = graphql(`
  mutation Update($input: UpdatePropertyInput!) {
    updateProperty(input: $input) { property { id stayRules { minNights checkInFrom } } }
  }
`);
export const publish = graphql(`
  mutation Publish($id: UUID!) { publishProperty(input: { propertyId: $id }) { property { id status } } }
`);
export const search = graphql(`
  query Search($search: PropertySearchInput!) {
    properties(first: 10, search: $search) {
      edges { node { id title host { firstName } total { amount currency } } }
    }
  }
`);
export const quote = graphql(`
  query Quote($property: UUID!, $input: QuoteInput!) {
    quote(propertyId: $property, input: $input) { token total { amount currency } }
  }
`);
export const book = graphql(`
  mutation Book($input: CreateBookingInput!) {
    createBooking(input: $input) { booking { id status total { amount } } }
  }
`);
export const pay = graphql(`
  mutation Pay($id: UUID!, $card: String!) {
    payBooking(input: { bookingId: $id, paymentMethod: $card }) { payment { id status } }
  }
`);
export const cancellation = graphql(`
  query Cancellation($id: UUID!) { cancellation(bookingId: $id) { refund { amount } } }
`);
export const cancel = graphql(`
  mutation Cancel($id: UUID!, $reason: String!) {
    cancelBooking(input: { bookingId: $id, reason: $reason }) {
      booking { status payment { status refunded { amount } } }
    }
  }
`);
export const checkIn = graphql(`
  mutation CheckIn($id: UUID!) { checkIn(input: { bookingId: $id }) { booking { status } } }
`);
export const review = graphql(`
  mutation Review($input: WriteReviewInput!) { writeReview(input: $input) { review { id publishedAt } } }
`);
export const respond = graphql(`
  mutation Respond($id: UUID!) {
    respondToReview(input: { reviewId: $id, text: "Come again." }) { review { response } }
  }
`);
export const readBooking = graphql(`
  query ReadBooking($id: UUID!) { booking(id: $id) { id status } }
`);
export const readProperty = graphql(`
  query ReadProperty($id: UUID!) {
    property(id: $id) { rating { count } reviews(first: 5) { edges { node { publicComment response } } } }
  }
`);
export const bookingChanged = graphql(`
  subscription BookingChanged($id: UUID) { bookingChanged(bookingId: $id) { id status } }
`);
